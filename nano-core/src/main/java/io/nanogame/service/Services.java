package io.nanogame.service;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.limit.Names;
import io.nanogame.trace.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * The services of a server: those it offers, and ways to call them and those of other
 * nodes. Within a node nothing is encoded: arguments and results are the objects
 * themselves. Any thread.
 */
public final class Services {

	/** The key of an instance that has no name. */
	private static final String UNNAMED = "";

	private final Lanes lanes;

	private final Timers timers;

	private final Duration timeout;

	private final UnaryOperator<String> typeNames;

	private final List<AsyncResult> asyncResults;

	private final CallObserver.Factory observers;

	private final Tracing tracing;

	private final Map<Class<?>, ServiceType<?>> types = new ConcurrentHashMap<>();

	/** By the name of the service and that of the instance. */
	private final Map<String, Map<String, Offer<?>>> offers = new ConcurrentHashMap<>();

	private final Map<String, CallObserver> observed = new ConcurrentHashMap<>();

	private volatile RemoteServices remote = RemoteServices.NONE;

	/**
	 * No services yet.
	 * @param lanes where they run
	 * @param timers of those that tick
	 * @param timeout how long an answer may take
	 * @param asyncResults what methods may return besides {@link AsyncResult#STAGE}
	 * @param observers see calls end
	 * @param tracing follows calls
	 */
	public Services(Lanes lanes, Timers timers, Duration timeout, List<AsyncResult> asyncResults,
			CallObserver.Factory observers, Tracing tracing) {
		this(lanes, timers, timeout, UnaryOperator.identity(), asyncResults, observers, tracing);
	}

	/**
	 * No services yet.
	 * @param lanes where they run
	 * @param timers of those that tick
	 * @param timeout how long an answer may take
	 * @param typeNames makes the name of a service of what its annotation says
	 * @param asyncResults what methods may return besides {@link AsyncResult#STAGE}
	 * @param observers see calls end
	 * @param tracing follows calls
	 */
	public Services(Lanes lanes, Timers timers, Duration timeout, UnaryOperator<String> typeNames,
			List<AsyncResult> asyncResults, CallObserver.Factory observers, Tracing tracing) {
		this.lanes = lanes;
		this.timers = timers;
		this.timeout = timeout;
		this.typeNames = typeNames;
		this.asyncResults = Stream.concat(Stream.of(AsyncResult.STAGE), asyncResults.stream()).toList();
		this.observers = observers;
		this.tracing = tracing;
	}

	/**
	 * Adds the services of other nodes. Before anything is offered.
	 * @param others the way there
	 */
	public void join(RemoteServices others) {
		this.remote = others;
	}

	/**
	 * Offers a service, on a lane of its own.
	 * @param <T> the service
	 * @param type its interface
	 * @param implementation does the work; ticks when it is {@link Ticking}
	 * @return withdraws it
	 * @throws IllegalArgumentException when the interface cannot be a service
	 * @throws IllegalStateException when this node offers it already
	 */
	public <T> Offer<T> offer(Class<T> type, T implementation) {
		return offer(type, null, implementation, this.lanes.create("service " + type(type).name()));
	}

	/**
	 * Offers one instance of a service among many, such as that of a room.
	 * @param <T> the service
	 * @param type its interface
	 * @param instance its name, best unique in the cluster; null for none
	 * @param implementation does the work; ticks when it is {@link Ticking}
	 * @param lane where, such as that of the room
	 * @return withdraws it
	 * @throws IllegalArgumentException when the interface cannot be a service, or the
	 * name is longer than {@link Names#MAX_LENGTH} or holds half of a surrogate pair
	 * @throws IllegalStateException when this node has an instance of that name
	 */
	public <T> Offer<T> offer(Class<T> type, @Nullable String instance, T implementation, Lane lane) {
		if (UNNAMED.equals(instance)) {
			throw new IllegalArgumentException("The name of an instance must not be empty; null is for none");
		}
		if (instance != null) {
			Names.check("The name of an instance", instance);
		}
		ServiceType<T> service = type(type);
		Offer<T> offer = new Offer<>(this, service, instance, implementation, lane);
		add(offer);
		try {
			if (!service.isLocal()) {
				this.remote.offered(offer);
			}
			if (implementation instanceof Ticking ticking) {
				offer.tickBy(this.timers.tick(ticking.interval(), lane, ticking::tick));
			}
		}
		catch (RuntimeException ex) {
			offer.close();
			throw ex;
		}
		return offer;
	}

	private void add(Offer<?> offer) {
		this.offers.compute(offer.type().name(), (name, present) -> {
			Map<String, Offer<?>> instances = (present != null) ? present : new ConcurrentHashMap<>();
			if (instances.putIfAbsent(key(offer.instance()), offer) != null) {
				throw new IllegalStateException("This node offers %s already"
					.formatted(new ServiceAddress(name, offer.instance(), null, false)));
			}
			return instances;
		});
	}

	void withdraw(Offer<?> offer) {
		this.offers.computeIfPresent(offer.type().name(), (name, instances) -> {
			instances.remove(key(offer.instance()), offer);
			return instances.isEmpty() ? null : instances;
		});
		if (!offer.type().isLocal()) {
			this.remote.withdrawn(offer);
		}
	}

	private static String key(@Nullable String instance) {
		return (instance != null) ? instance : UNNAMED;
	}

	/**
	 * The services this node offers, to others or to itself.
	 * @return their names, sorted
	 */
	public Set<String> names() {
		return new TreeSet<>(this.offers.keySet());
	}

	/**
	 * Finds an instance on this node.
	 * @param service the name of the service
	 * @param instance the name of the instance, or null for the one without a name
	 * @return the instance, or null
	 */
	public @Nullable Offer<?> find(String service, @Nullable String instance) {
		Map<String, Offer<?>> instances = this.offers.get(service);
		return (instances != null) ? instances.get(key(instance)) : null;
	}

	/**
	 * All instances of a service on this node.
	 * @param service its name
	 * @return live
	 */
	public Collection<Offer<?>> instances(String service) {
		return this.offers.getOrDefault(service, Map.of()).values();
	}

	// Ways to call

	/**
	 * A service, wherever it is: on this node if it is here, else on any that has it.
	 * @param <T> the service
	 * @param type its interface
	 * @return to be called
	 */
	public <T> T any(Class<T> type) {
		return proxy(type, new ServiceAddress(type(type).name(), null, null, false));
	}

	/**
	 * A service on a node.
	 * @param <T> the service
	 * @param type its interface
	 * @param node the id of the node
	 * @return to be called
	 */
	public <T> T on(Class<T> type, String node) {
		return proxy(type, new ServiceAddress(type(type).name(), null, node, false));
	}

	/**
	 * An instance of a service, wherever it is.
	 * @param <T> the service
	 * @param type its interface
	 * @param instance its name
	 * @return to be called
	 */
	public <T> T at(Class<T> type, String instance) {
		return proxy(type, new ServiceAddress(type(type).name(), instance, null, false));
	}

	/**
	 * All instances of a service, on all nodes; perhaps there are none. Only its
	 * {@code void} methods can be called.
	 * @param <T> the service
	 * @param type its interface
	 * @return to be called
	 */
	public <T> T all(Class<T> type) {
		return proxy(type, new ServiceAddress(type(type).name(), null, null, true));
	}

	/**
	 * Whether an object calls a service, and is none itself.
	 * @param object any object
	 * @return true for what {@link #any}, {@link #on}, {@link #at} and {@link #all}
	 * return
	 */
	public static boolean isCaller(Object object) {
		return Proxy.isProxyClass(object.getClass()) && Proxy.getInvocationHandler(object) instanceof Caller;
	}

	@SuppressWarnings("unchecked")
	private <T> ServiceType<T> type(Class<T> type) {
		return (ServiceType<T>) this.types.computeIfAbsent(type,
				(read) -> ServiceType.of(read, this.typeNames, this.asyncResults));
	}

	private <T> T proxy(Class<T> type, ServiceAddress address) {
		CallObserver observer = this.observed.computeIfAbsent(address.service(), this.observers::create);
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				new Caller(this, type(type), address, observer)));
	}

	Tracing tracing() {
		return this.tracing;
	}

	RemoteServices remote() {
		return this.remote;
	}

	Duration timeout() {
		return this.timeout;
	}

	Executor workers() {
		return this.lanes.workers();
	}

}
