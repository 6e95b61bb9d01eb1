package io.nanogame.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.nanogame.connection.Traffic;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.ProtocolTrait;
import io.nanogame.connection.TransportContext;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.limit.Limit;
import io.nanogame.net.GameListeners;
import io.nanogame.net.NettyLoops;
import io.nanogame.route.RouteTable;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A game server: its parts put together. Made by a {@link #builder builder}, started and
 * stopped once.
 */
public final class GameServer {

	private static final Logger log = LoggerFactory.getLogger(GameServer.class);

	private final Sessions sessions;

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
		this.sessions = builder.sessions;
		this.timers = builder.timers;
		this.components = List.copyOf(builder.components);
		this.gracePeriod = builder.gracePeriod;
		this.guarded = !builder.validators.isEmpty();
		this.routes = routes;
		this.receiver = receiver;
		this.transport = transport;
		this.loops = loops;
		this.listeners = listeners;
	}

	/**
	 * Begins a server.
	 * @param payloads how payloads become bytes
	 * @param lanes where handlers run that may block
	 * @param sessions where its sessions will live
	 * @param timers stopped with the server
	 * @return a builder with defaults for everything else
	 */
	public static GameServerBuilder builder(Payloads payloads, Lanes lanes, Sessions sessions, Timers timers) {
		return new GameServerBuilder(payloads, lanes, sessions, timers);
	}

	/**
	 * Starts: components first, then the port. Blocks until clients can connect. When it
	 * fails, what had been started is shut down again.
	 * @throws io.nanogame.net.PortInUseException when the port is taken
	 * @throws io.nanogame.net.CannotListenException when the system does not allow the
	 * address or the port
	 */
	public void start() {
		List<ComponentLifecycle> begun = new ArrayList<>();
		try {
			for (ComponentLifecycle component : this.components) {
				begun.add(component);
				component.init();
			}
			this.components.forEach(ComponentLifecycle::afterInit);
			listen();
		}
		catch (RuntimeException | Error ex) {
			reversed(begun, ComponentLifecycle::shutdown);
			this.timers.stop();
			throw ex;
		}
		this.running = true;
	}

	private void listen() {
		int count = this.routes.routes().size();
		if (this.listeners.names().isEmpty()) {
			log.info("Game server runs without a port of its own, with {} routes", count);
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
	 * Stops: no new clients, then components are told, then what clients have asked for
	 * is finished and they are kicked, then timers end. Blocks, no longer than the grace
	 * period, unless components take longer. Messages that are read when clients are
	 * about to be kicked are not handled; requests among them are answered 503, and so
	 * are those that cannot be finished in time.
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
		// Before shutdown, where the game may close what its timers work with.
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
				log.error("A component failed while the server stops", ex);
			}
		}
	}

	public boolean isRunning() {
		return this.running;
	}

	/**
	 * The port clients connect to, of the first listener.
	 * @return the real one, also when any was asked for; -1 when the server does not run,
	 * or has no port
	 */
	public int port() {
		return this.listeners.names().isEmpty() ? -1 : port(this.listeners.names().get(0));
	}

	/**
	 * The port of one listener.
	 * @param listener its name
	 * @return as for {@link #port()}; -1, too, when there is no such listener
	 */
	public int port(String listener) {
		return this.running ? this.listeners.port(listener) : -1;
	}

	/**
	 * The names of all listeners.
	 * @return the first one first; empty for a server without a port of its own
	 */
	public List<String> listeners() {
		return this.listeners.names();
	}

	/**
	 * The names of the protocols that clients may speak where a listener names them.
	 * @return pomelo first
	 */
	public Collection<String> protocols() {
		return this.transport.protocols().names();
	}

	/**
	 * Whether a protocol would be a way around the login by mistake: there are handshake
	 * validators, and its clients cannot say who they are.
	 * @param protocol its name, which must be one of {@link #protocols()}
	 * @return false when it may be served
	 */
	public boolean isUnauthenticated(String protocol) {
		Protocol served = this.transport.protocols().choose(List.of(protocol));
		return this.guarded && !served.traits().contains(ProtocolTrait.INTRODUCTION);
	}

	public RouteTable routes() {
		return this.routes;
	}

	public Sessions sessions() {
		return this.sessions;
	}

	public Collection<ComponentLifecycle> components() {
		return this.components;
	}

	/**
	 * What went in and out.
	 * @return live counts
	 */
	public Traffic traffic() {
		return this.transport.traffic();
	}

	/**
	 * What may not be exceeded, and how often somebody tried.
	 * @return the limits of connections and requests, also those that are off
	 */
	public Collection<Limit> limits() {
		return Stream.concat(this.transport.limits().stream(), this.listeners.limits().stream()).toList();
	}

	/**
	 * For those who bring messages of their own.
	 * @return the way to the handlers
	 */
	public MessageReceiver receiver() {
		return this.receiver;
	}

	/**
	 * For those who bring connections of their own.
	 * @return what all connections share
	 */
	public TransportContext transport() {
		return this.transport;
	}

	/**
	 * For those who hand over Netty channels.
	 * @return the loops that carry them
	 */
	public NettyLoops loops() {
		return this.loops;
	}

}
