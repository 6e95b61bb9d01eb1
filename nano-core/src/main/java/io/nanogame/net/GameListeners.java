package io.nanogame.net;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.nanogame.connection.TransportContext;
import io.nanogame.limit.Limit;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.ReactorNetty;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * The ports of a server, which share its event loops, sessions and limits. They start and
 * stop only once. Not thread-safe.
 */
public final class GameListeners {

	private static final Logger log = LoggerFactory.getLogger(GameListeners.class);

	/** The minimum time for threads to end, even after the deadline. */
	private static final Duration MIN_STOP_TIMEOUT = Duration.ofMillis(100);

	private final List<GameListener> listeners;

	private final List<UnaryOperator<TcpServer>> serverCustomizers;

	private final NettyLoops loops;

	private @Nullable LoopResources resources;

	/**
	 * Creates listeners that are not bound yet.
	 * @param context the shared state of their connections
	 * @param loops the event loops
	 * @param listeners may be empty
	 * @param serverCustomizers applied last to each port
	 * @param channelCustomizers applied last to each channel, on its event loop
	 * @throws io.nanogame.connection.UnknownProtocolException when a listener names a
	 * protocol that the server does not have
	 * @throws io.nanogame.connection.UnsuitableListenerException when a listener cannot
	 * serve one of its protocols
	 * @throws IllegalArgumentException when two listeners have the same name
	 */
	public GameListeners(TransportContext context, NettyLoops loops, List<Listener> listeners,
			List<UnaryOperator<TcpServer>> serverCustomizers, List<Consumer<Channel>> channelCustomizers) {
		Set<String> names = new HashSet<>();
		for (Listener listener : listeners) {
			if (!names.add(listener.name())) {
				throw new IllegalArgumentException("Two listeners are named '" + listener.name() + "'");
			}
		}
		List<Consumer<Channel>> ofChannels = List.copyOf(channelCustomizers);
		this.listeners = listeners.stream()
			.map((listener) -> new GameListener(context, loops, listener, ofChannels))
			.toList();
		this.serverCustomizers = List.copyOf(serverCustomizers);
		this.loops = loops;
	}

	/**
	 * Reactor Netty starts at least four loops, for applications that block them. Ours
	 * never block, and more loops than cores only cost context switches.
	 */
	private static int loopCount() {
		return Integer.getInteger(ReactorNetty.IO_WORKER_COUNT, Runtime.getRuntime().availableProcessors());
	}

	/**
	 * Binds all ports. Blocks until they are bound. If one fails, the others are closed
	 * again.
	 * @throws PortInUseException when another program listens on a port
	 * @throws CannotListenException when the system does not allow it for another reason
	 */
	public void start() {
		if (this.listeners.isEmpty()) {
			return;
		}
		LoopResources created = LoopResources.create("nano", loopCount(), true);
		try {
			this.listeners.forEach((listener) -> listener.start(created, this.serverCustomizers));
			this.resources = created;
			this.loops.setGroup(created.onServer(LoopResources.DEFAULT_NATIVE));
		}
		catch (RuntimeException ex) {
			stopAccepting(MIN_STOP_TIMEOUT);
			created.disposeLater().subscribe();
			throw ex;
		}
	}

	/**
	 * Returns the names of all listeners.
	 * @return in the order they were given
	 */
	public List<String> names() {
		return this.listeners.stream().map((listener) -> listener.listener().name()).toList();
	}

	/**
	 * Returns the port of a listener.
	 * @param name the name of the listener
	 * @return the bound port, also when any port was configured; -1 when the listener is
	 * not bound or does not exist
	 */
	public int port(String name) {
		return this.listeners.stream()
			.filter((listener) -> listener.listener().name().equals(name))
			.mapToInt(GameListener::port)
			.findFirst()
			.orElse(-1);
	}

	/**
	 * Returns the limits of the ports that have one.
	 * @return one limit for each such port
	 */
	public List<Limit> limits() {
		return this.listeners.stream().map(GameListener::limit).filter(Limit::isSet).toList();
	}

	/**
	 * Stops accepting connections. Open ones stay open.
	 * @param timeout the maximum time to block for each port
	 */
	public void stopAccepting(Duration timeout) {
		this.listeners.forEach((listener) -> listener.stopAccepting(timeout));
	}

	/**
	 * Stops the event loops, closes the connections that are still open, and releases the
	 * certificates, also of listeners that did not start. Blocks.
	 * @param timeout the maximum time to block; at least 100 ms
	 */
	public void stop(Duration timeout) {
		if (this.resources != null) {
			stopLoops(this.resources, (timeout.compareTo(MIN_STOP_TIMEOUT) > 0) ? timeout : MIN_STOP_TIMEOUT);
		}
		this.listeners.forEach((listener) -> {
			Tls tls = listener.listener().tls();
			if (tls != null) {
				tls.close();
			}
		});
	}

	private static void stopLoops(LoopResources loops, Duration timeout) {
		try {
			loops.disposeLater(Duration.ZERO, timeout).block();
		}
		catch (IllegalStateException ex) {
			log.warn("An event loop did not end in time: {}", ex.getMessage());
		}
	}

}
