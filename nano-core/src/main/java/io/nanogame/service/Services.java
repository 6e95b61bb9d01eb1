package io.nanogame.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

	private final Lanes lanes;

	private final Timers timers;

	private final Calls calls;

	private final ServiceTypes types;

	private final ServerEvents events;

	private final OwnOffers offers = new OwnOffers();

	private final OwnClaims claims = new OwnClaims();

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
	 * @throws IllegalStateException when a name was claimed before
	 */
	public void join(RemoteServices others) {
		this.claims.checkJoin();
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
		if (instance != null) {
			ServiceAddress.checkInstance(instance);
		}
		return offer(this.types.of(type), instance, implementation, lane, Tenure.UNCLAIMED);
	}

	private <T> Offer<T> offer(ServiceType<T> service, @Nullable String instance, T implementation, Lane lane,
			Tenure tenure) {
		Offer<T> offer = new Offer<>(this, service, instance, implementation, lane, tenure);
		this.offers.add(offer);
		try {
			if (!service.isLocal()) {
				this.remote.offered(offer);
			}
			if (implementation instanceof Ticking ticking) {
				offer.tickWith(this.timers.tick(ticking.interval(), lane, (elapsed) -> {
					if (tenure.isHeld()) {
						ticking.tick(elapsed);
					}
				}));
			}
		}
		catch (RuntimeException ex) {
			offer.close();
			throw ex;
		}
		return offer;
	}

	/**
	 * Claims the name of an instance, which has one owner in the cluster. Whenever this
	 * node becomes the owner, the claimant provides the instance, and this node offers it
	 * until another node could become the owner: when NATS cannot be reached for most of
	 * a lease, five heartbeats. Without a cluster this node is the owner. Blocks while
	 * NATS is asked whether it keeps leases; not for event loops.
	 * @param <T> the service
	 * @param type its interface
	 * @param instance the name
	 * @param lane the lane on which the instance runs
	 * @param claimant provides the instance, and is notified when the name is lost
	 * @return the claim, which this node may be the owner of later
	 * @throws IllegalArgumentException as for
	 * {@link #offer(Class, String, Object, Lane)}, and when the service is local
	 * @throws IllegalStateException when this node already claims the name, or JetStream
	 * is off in NATS, which keeps the owners; if NATS cannot be reached, the latter is
	 * logged later
	 */
	public <T> Claim claim(Class<T> type, String instance, Lane lane, Claimant<T> claimant) {
		ServiceAddress.checkInstance(instance);
		ServiceType<T> service = this.types.of(type);
		if (service.isLocal()) {
			throw new IllegalArgumentException(
					"The service '%s' is local, so each node has one of its own".formatted(service.name()));
		}
		ServiceAddress name = new ServiceAddress(service.name(), instance, null, false);
		Claim claim = new Claim(name, claimant, lane, this.lanes.create("claim " + name),
				(implementation, tenure) -> offer(service, instance, type.cast(implementation), lane, tenure));
		this.claims.add(claim, this.remote);
		return claim;
	}

	void withdraw(Offer<?> offer) {
		this.offers.remove(offer);
		if (!offer.type().isLocal()) {
			this.remote.withdrawn(offer);
		}
	}

	/**
	 * Returns the services that this node offers, including local ones.
	 * @return their names, sorted
	 */
	public Set<String> names() {
		return this.offers.names();
	}

	OwnOffers offers() {
		return this.offers;
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
