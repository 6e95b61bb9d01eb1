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
 * stop once. Not thread-safe.
 */
public final class GameListeners {

	private static final Logger log = LoggerFactory.getLogger(GameListeners.class);

	/** Threads need a moment to end, even when the time is over. */
	private static final Duration SHORTEST_END = Duration.ofMillis(100);

	private final List<GameListener> listeners;

	private final List<UnaryOperator<TcpServer>> serverCustomizers;

	private @Nullable LoopResources resources;

	/**
	 * Creates listeners that do not listen yet.
	 * @param context what their connections share
	 * @param loops take up the event loops
	 * @param listeners may be empty
	 * @param serverCustomizers have the last word on each port
	 * @param channelCustomizers have the last word on each channel, on its event loop
	 * @throws io.nanogame.connection.UnknownProtocolException when a listener names a
	 * protocol that the server does not have
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
	}

	/**
	 * Reactor Netty has at least four, for applications that block in them. Nothing
	 * blocks here, and more loops than cores wake each other for nothing.
	 */
	private static int loopCount() {
		return Integer.getInteger(ReactorNetty.IO_WORKER_COUNT, Runtime.getRuntime().availableProcessors());
	}

	/**
	 * Starts to listen on all ports, and blocks until it does. If one port fails, the
	 * others are closed again.
	 * @throws PortInUseException when another program listens on a port already
	 * @throws CannotListenException when the system does not allow it for another reason
	 */
	public void start() {
		if (this.listeners.isEmpty()) {
			return;
		}
		LoopResources loops = LoopResources.create("nano", loopCount(), true);
		try {
			this.listeners.forEach((listener) -> listener.start(loops, this.serverCustomizers));
			this.resources = loops;
		}
		catch (RuntimeException ex) {
			stopAccepting(SHORTEST_END);
			loops.disposeLater().subscribe();
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
	 * @param name of the listener
	 * @return the real one, also when any was asked for; -1 when it does not listen, or
	 * there is none of this name
	 */
	public int port(String name) {
		return this.listeners.stream()
			.filter((listener) -> listener.listener().name().equals(name))
			.mapToInt(GameListener::port)
			.findFirst()
			.orElse(-1);
	}

	/**
	 * Returns the limits of single ports.
	 * @return those that are set
	 */
	public List<Limit> limits() {
		return this.listeners.stream().map(GameListener::limit).filter(Limit::isSet).toList();
	}

	/**
	 * Stops accepting connections. Open ones stay open.
	 * @param timeout how long this may block at most for each port
	 */
	public void stopAccepting(Duration timeout) {
		this.listeners.forEach((listener) -> listener.stopAccepting(timeout));
	}

	/**
	 * Stops the event loops, closes the connections that are still open, and releases the
	 * certificates, also of listeners that did not start. Blocks.
	 * @param timeout how long at most, or a tenth of a second if that is more
	 */
	public void stop(Duration timeout) {
		if (this.resources != null) {
			stopLoops(this.resources, (timeout.compareTo(SHORTEST_END) > 0) ? timeout : SHORTEST_END);
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
