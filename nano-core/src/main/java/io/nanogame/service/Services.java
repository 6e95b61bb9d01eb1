package io.nanogame.service;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.limit.Names;
import io.nanogame.node.NodeSelector;
import io.nanogame.observe.CallObserver;
import io.nanogame.observe.ServerEvents;
import io.nanogame.trace.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * The services of a server: offers services, and calls those of this and of other nodes.
 * Within a node arguments and results are not serialised, but passed by reference.
 * Thread-safe.
 */
public final class Services {

	/** The key of an instance without a name. */
	private static final String UNNAMED = "";

	private final Lanes lanes;

	private final Timers timers;

	private final Calls calls;

	private final ServiceTypes types;

	private final ServerEvents events;

	/** By the name of the service and the name of the instance. */
	private final Map<String, Map<String, Offer<?>>> offers = new ConcurrentHashMap<>();

	private final Map<String, CallObserver> observed = new ConcurrentHashMap<>();

	private volatile RemoteServices remote = RemoteServices.NONE;

	/**
	 * Creates an empty registry.
	 * @param lanes the lanes on which services run
	 * @param timers the timers of services that tick
	 * @param timeout the time-out of calls
	 * @param asyncResults the asynchronous results that methods may return besides
	 * {@link AsyncResult#STAGE}
	 * @param events receives the outcome of calls
	 * @param tracing creates spans of calls
	 */
	public Services(Lanes lanes, Timers timers, Duration timeout, List<AsyncResult> asyncResults, ServerEvents events,
			Tracing tracing) {
		this(lanes, timers, timeout, UnaryOperator.identity(), asyncResults, events, tracing);
	}

	/**
	 * Creates an empty registry.
	 * @param lanes the lanes on which services run
	 * @param timers the timers of services that tick
	 * @param timeout the time-out of calls
	 * @param typeNames resolves placeholders in the names of annotations
	 * @param asyncResults the asynchronous results that methods may return besides
	 * {@link AsyncResult#STAGE}
	 * @param events receives the outcome of calls
	 * @param tracing creates spans of calls
	 */
	public Services(Lanes lanes, Timers timers, Duration timeout, UnaryOperator<String> typeNames,
			List<AsyncResult> asyncResults, ServerEvents events, Tracing tracing) {
		this.lanes = lanes;
		this.timers = timers;
		this.calls = new Calls(timeout, lanes.workers(), tracing);
		this.types = new ServiceTypes(typeNames, asyncResults);
		this.events = ServerEvents.of(List.of(events));
	}

	/**
	 * Connects to the services of other nodes. Must be called before a service is
	 * offered.
	 * @param others access to the other nodes
	 */
	public void join(RemoteServices others) {
		this.remote = others;
	}

	/**
	 * Offers a service, on a lane of its own.
	 * @param <T> the service
	 * @param type its interface
	 * @param implementation the implementation; ticks if it is {@link Ticking}
	 * @return the offer, which withdraws the service when it is closed
	 * @throws IllegalArgumentException when the interface cannot be a service
	 * @throws IllegalStateException when this node already offers it
	 */
	public <T> Offer<T> offer(Class<T> type, T implementation) {
		return offer(type, null, implementation, this.lanes.create("service " + this.types.of(type).name()));
	}

	/**
	 * Offers one instance of a service among many, such as that of a room.
	 * @param <T> the service
	 * @param type its interface
	 * @param instance its name, which should be unique in the cluster; null for none
	 * @param implementation the implementation; ticks if it is {@link Ticking}
	 * @param lane the lane on which it runs, such as that of the room
	 * @return the offer, which withdraws the service when it is closed
	 * @throws IllegalArgumentException when the interface cannot be a service, or the
	 * name is longer than {@link Names#MAX_LENGTH} or contains an unpaired surrogate
	 * @throws IllegalStateException when this node already offers an instance of that
	 * name
	 */
	public <T> Offer<T> offer(Class<T> type, @Nullable String instance, T implementation, Lane lane) {
		if (UNNAMED.equals(instance)) {
			throw new IllegalArgumentException(
					"The name of an instance must not be empty; use null for an unnamed instance");
		}
		if (instance != null) {
			Names.check("The name of an instance", instance);
		}
		ServiceType<T> service = this.types.of(type);
		Offer<T> offer = new Offer<>(this, service, instance, implementation, lane);
		add(offer);
		try {
			if (!service.isLocal()) {
				this.remote.offered(offer);
			}
			if (implementation instanceof Ticking ticking) {
				offer.tickWith(this.timers.tick(ticking.interval(), lane, ticking::tick));
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
				throw new IllegalStateException("This node already offers %s"
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
	 * Returns the services that this node offers, including local ones.
	 * @return their names, sorted
	 */
	public Set<String> names() {
		return new TreeSet<>(this.offers.keySet());
	}

	/** Returns an instance on this node; a null name is that of the unnamed one. */
	@Nullable Offer<?> find(String service, @Nullable String instance) {
		Map<String, Offer<?>> instances = this.offers.get(service);
		return (instances != null) ? instances.get(key(instance)) : null;
	}

	/** Returns a live view of all instances of a service on this node. */
	Collection<Offer<?>> instances(String service) {
		return this.offers.getOrDefault(service, Map.of()).values();
	}

	// Callers

	/**
	 * Returns a caller of a service: on this node if it offers the service, else on any
	 * node that does.
	 * @param <T> the service
	 * @param type its interface
	 * @return a proxy that calls it
	 */
	public <T> T any(Class<T> type) {
		return proxy(type, new ServiceAddress(this.types.of(type).name(), null, null, false));
	}

	/**
	 * Returns a caller of a service on a given node.
	 * @param <T> the service
	 * @param type its interface
	 * @param node the id of the node
	 * @return a proxy that calls it
	 */
	public <T> T on(Class<T> type, String node) {
		return proxy(type, new ServiceAddress(this.types.of(type).name(), null, node, false));
	}

	/**
	 * Returns a caller of a service on one of the nodes that offer it, this one included,
	 * and are neither leaving nor suspect. Without a cluster it calls this node.
	 * @param <T> the service
	 * @param type its interface
	 * @param selector selects the node for each call, if there is more than one
	 * @return a proxy that calls it
	 * @see io.nanogame.node.NodeSelectors
	 */
	public <T> T on(Class<T> type, NodeSelector selector) {
		return proxy(type, new ServiceAddress(this.types.of(type).name(), null, null, false), selector);
	}

	/**
	 * Returns a caller of an instance of a service, on any node.
	 * @param <T> the service
	 * @param type its interface
	 * @param instance its name
	 * @return a proxy that calls it
	 */
	public <T> T at(Class<T> type, String instance) {
		return proxy(type, new ServiceAddress(this.types.of(type).name(), instance, null, false));
	}

	/**
	 * Returns a caller of all instances of a service, on all nodes; there may be none.
	 * Only its {@code void} methods can be called.
	 * @param <T> the service
	 * @param type its interface
	 * @return a proxy that calls them
	 */
	public <T> T all(Class<T> type) {
		return proxy(type, new ServiceAddress(this.types.of(type).name(), null, null, true));
	}

	/**
	 * Returns a caller like another one, with a time-out of its own. It applies to calls
	 * and requests, at the caller and at the service.
	 * @param <T> the service
	 * @param caller a caller of a service, such as one that was injected
	 * @param timeout positive
	 * @return a proxy that calls the same service
	 * @throws IllegalArgumentException when the object is not a caller, or the time-out
	 * is not positive
	 */
	public static <T> T withTimeout(T caller, Duration timeout) {
		return Caller.of(caller).withTimeout(caller, timeout);
	}

	/**
	 * Returns whether an object is a caller of a service.
	 * @param object any object
	 * @return true for results of {@link #any}, {@link #on}, {@link #at} and {@link #all}
	 */
	public static boolean isCaller(Object object) {
		return Caller.isCaller(object);
	}

	private <T> T proxy(Class<T> type, ServiceAddress address) {
		return proxy(type, address, null);
	}

	private <T> T proxy(Class<T> type, ServiceAddress address, @Nullable NodeSelector selector) {
		CallObserver observer = this.observed.computeIfAbsent(address.service(), this.events::calls);
		return new Caller(new Destination(this, this.types.of(type), address, selector), this.calls.timeout(), observer)
			.proxy(type);
	}

	Calls calls() {
		return this.calls;
	}

	RemoteServices remote() {
		return this.remote;
	}

}
