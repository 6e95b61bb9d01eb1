package io.nanogame.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.nanogame.connection.Protocol;
import io.nanogame.connection.ProtocolTrait;
import io.nanogame.connection.Traffic;
import io.nanogame.connection.TransportContext;
import io.nanogame.dispatch.InternalNotifies;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.limit.Limit;
import io.nanogame.net.GameListeners;
import io.nanogame.net.NettyLoops;
import io.nanogame.resume.ResumableSessions;
import io.nanogame.route.RouteTable;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A game server. Created by a {@link #builder builder}, started and stopped once.
 */
public final class GameServer {

	private static final Logger log = LoggerFactory.getLogger(GameServer.class);

	private final SessionRegistry registry;

	private final Timers timers;

	private final RouteTable routes;

	private final MessageReceiver receiver;

	private final TransportContext transport;

	private final NettyLoops loops;

	private final GameListeners listeners;

	private final List<ComponentLifecycle> components;

	private final Duration gracePeriod;

	private final boolean guarded;

	private volatile boolean running;

	GameServer(GameServerBuilder builder, RouteTable routes, MessageReceiver receiver, TransportContext transport,
			NettyLoops loops, GameListeners listeners) {
		this.registry = builder.registry;
		this.timers = builder.timers;
		this.components = List.copyOf(builder.components);
		this.gracePeriod = builder.gracePeriod;
		this.guarded = !builder.validators.isEmpty();
		this.routes = routes;
		this.receiver = receiver;
		this.transport = transport;
		this.loops = loops;
		this.listeners = listeners;
		transport.leaving().parkOn(loops::next);
	}

	/**
	 * Returns a builder of a server.
	 * @param payloads the encoding of payloads
	 * @param lanes the threads of handlers that may block
	 * @param sessions its sessions, with the same payloads
	 * @param timers the timers, which stop with the server
	 * @return a builder with defaults for everything else
	 * @throws IllegalArgumentException when the sessions have other payloads
	 */
	public static GameServerBuilder builder(Payloads payloads, Lanes lanes, Sessions sessions, Timers timers) {
		SessionRegistry registry = SessionRegistry.of(sessions);
		if (payloads != registry.payloads()) {
			throw new IllegalArgumentException("The sessions have other payloads than the server");
		}
		return new GameServerBuilder(lanes, registry, timers);
	}

	/**
	 * Starts the components, then listens. Blocks until clients can connect. If it fails,
	 * the components that were initialised are shut down.
	 * @throws io.nanogame.net.PortInUseException when the port is in use
	 * @throws io.nanogame.net.CannotListenException when the system does not allow the
	 * address or the port
	 */
	public void start() {
		List<ComponentLifecycle> initialised = new ArrayList<>();
		try {
			for (ComponentLifecycle component : this.components) {
				initialised.add(component);
				component.init();
			}
			this.components.forEach(ComponentLifecycle::afterInit);
			listen();
		}
		catch (RuntimeException | Error ex) {
			reversed(initialised, ComponentLifecycle::shutdown);
			this.timers.stop();
			this.listeners.stop(Duration.ZERO);
			throw ex;
		}
		this.running = true;
	}

	private void listen() {
		int count = this.routes.routes().size();
		if (this.listeners.names().isEmpty()) {
			log.info("Game server runs without a port, with {} routes", count);
			return;
		}
		this.listeners.start();
		String ports = this.listeners.names()
			.stream()
			.map((name) -> Integer.toString(this.listeners.port(name)))
			.collect(Collectors.joining(", "));
		log.info("Game server listens on port {} with {} routes", ports, count);
	}

	/**
	 * Stops the server: it accepts no new clients, notifies components, finishes the
	 * messages in flight, closes the connections, and stops the timers. Blocks for at
	 * most the grace period, unless components take longer. Messages that are read while
	 * the messages in flight are finished are not handled. Requests among them fail with
	 * 503, and so do requests that have not started within the grace period.
	 */
	public void stop() {
		if (!isRunning()) {
			this.timers.stop();
			return;
		}
		this.running = false;
		GracefulStop stop = new GracefulStop(this.transport.connections(), this.gracePeriod);
		this.listeners.stopAccepting(stop.left());
		reversed(this.components, ComponentLifecycle::beforeShutdown);
		stop.closeConnections();
		// Before shutdown(), in which components may close what timer tasks use.
		this.timers.stop(stop.left());
		this.listeners.stop(stop.left());
		reversed(this.components, ComponentLifecycle::shutdown);
		log.info("Game server has stopped");
	}

	private static void reversed(List<ComponentLifecycle> components, Consumer<ComponentLifecycle> step) {
		for (int i = components.size() - 1; i >= 0; i--) {
			try {
				step.accept(components.get(i));
			}
			catch (Throwable ex) {
				log.error("A component failed in the stop of the server", ex);
			}
		}
	}

	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Returns the port of the first listener.
	 * @return the bound port, also if port 0 was configured; -1 when the server does not
	 * run, or has no port
	 */
	public int port() {
		return this.listeners.names().isEmpty() ? -1 : port(this.listeners.names().get(0));
	}

	/**
	 * Returns the port of one listener.
	 * @param listener its name
	 * @return as for {@link #port()}; -1 also when there is no such listener
	 */
	public int port(String listener) {
		return this.running ? this.listeners.port(listener) : -1;
	}

	/**
	 * Returns the names of all listeners.
	 * @return the names in configuration order; empty for a server without a port
	 */
	public List<String> listeners() {
		return this.listeners.names();
	}

	/**
	 * Returns the names of the protocols that a listener may serve.
	 * @return the names, pomelo first
	 */
	public Collection<String> protocols() {
		return this.transport.protocols().names();
	}

	/**
	 * Returns whether a protocol would be a way around the login: there are handshake
	 * validators, and its clients cannot identify themselves.
	 * @param protocol its name, which must be one of {@link #protocols()}
	 * @return false when it may be served
	 */
	public boolean isUnauthenticated(String protocol) {
		Protocol served = this.transport.protocols().find(protocol);
		return this.guarded && !served.traits().contains(ProtocolTrait.INTRODUCTION);
	}

	public RouteTable routes() {
		return this.routes;
	}

	public Sessions sessions() {
		return this.registry.sessions();
	}

	public Collection<ComponentLifecycle> components() {
		return this.components;
	}

	/**
	 * Returns the sessions that outlive their connections.
	 * @return their live numbers
	 */
	public ResumableSessions resumable() {
		return this.transport.resumable();
	}

	/**
	 * Returns the counts of received and sent data.
	 * @return live counts
	 */
	public Traffic traffic() {
		return this.transport.traffic();
	}

	/**
	 * Returns the limits of connections, requests and attributes, with the attempts to
	 * exceed them.
	 * @return all limits, including those that are off
	 */
	public Collection<Limit> limits() {
		return Stream.of(this.transport.limits(), this.listeners.limits(), List.of(this.registry.attributeLimit()))
			.flatMap(List::stream)
			.toList();
	}

	/**
	 * Returns the receiver of messages, for additional transports.
	 * @return the receiver that dispatches to handlers
	 */
	public MessageReceiver receiver() {
		return this.receiver;
	}

	/**
	 * Handles a notify of the server itself in the name of a client.
	 * @param session a session whose client is connected to this server
	 * @param route the route
	 * @param before called directly before, on the loop of the session; false to drop it
	 * @param isAlone whether it waits until no message of the session is in progress
	 * @param patience the time after which it is dropped
	 */
	public void handleNotify(Session session, String route, BooleanSupplier before, boolean isAlone,
			Duration patience) {
		new InternalNotifies(this.receiver, this.timers).send(session, route, before, isAlone, patience);
	}

	/**
	 * Returns the state that all connections share, for additional transports.
	 * @return the transport context
	 */
	public TransportContext transport() {
		return this.transport;
	}

	/**
	 * Returns the event loops, for the hand-over of Netty channels.
	 * @return the loops of the connections
	 */
	public NettyLoops loops() {
		return this.loops;
	}

}
