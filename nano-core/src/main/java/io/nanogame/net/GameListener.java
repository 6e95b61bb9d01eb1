package io.nanogame.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.nanogame.connection.Protocol;
import io.nanogame.connection.TransportContext;
import io.nanogame.limit.Limit;
import io.nanogame.session.CloseReason;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.ChannelBindException;
import reactor.netty.ConnectionObserver;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;
import reactor.netty.tcp.TcpServerConfig;

/**
 * Listens on one port. Reactor Netty is the bootstrap only: the bytes of clients never
 * reach its reactive bridge, which therefore leaves the pipeline, except when a
 * customizer observes connections.
 */
final class GameListener {

	private static final Logger log = LoggerFactory.getLogger(GameListener.class);

	/**
	 * The number of rejected clients that receive the reason at a time; further ones are
	 * closed without it.
	 */
	private static final int MAX_REJECTED = 100;

	private final TransportContext context;

	private final NettyLoops loops;

	private final Listener listener;

	private final Protocol protocol;

	/** Null without keepalive. */
	private final @Nullable KeepAliveOptions keepAlive;

	private final List<Consumer<Channel>> channelCustomizers;

	private final Limit limit;

	private final AtomicInteger connected = new AtomicInteger();

	/** Whether a missing PROXY header has been logged. */
	private final AtomicBoolean headerFailureLogged = new AtomicBoolean();

	private final AtomicInteger rejected = new AtomicInteger();

	private @Nullable DisposableServer server;

	/** Whether a customizer observes connections. Written before the port is open. */
	private boolean observed;

	/**
	 * Creates a listener that does not listen yet.
	 * @throws io.nanogame.connection.UnknownProtocolException when the listener names a
	 * protocol that the server does not have
	 * @throws io.nanogame.connection.UnsuitableListenerException when the listener cannot
	 * serve one of them
	 */
	GameListener(TransportContext context, NettyLoops loops, Listener listener,
			List<Consumer<Channel>> channelCustomizers) {
		this.context = context;
		this.loops = loops;
		this.protocol = context.protocols().choose(listener.name(), listener.settings().protocols());
		this.listener = SuitableTransports.of(listener, this.protocol);
		KeepAlive probes = listener.settings().keepAlive();
		this.keepAlive = (probes != null) ? new KeepAliveOptions(probes) : null;
		this.channelCustomizers = channelCustomizers;
		this.limit = new Limit("connections." + listener.name(), listener.maxConnections());
	}

	Listener listener() {
		return this.listener;
	}

	/** Returns the limit of connections to this port. */
	Limit limit() {
		return this.limit;
	}

	/** Returns the bound port, or -1 while the listener is not bound. */
	int port() {
		DisposableServer bound = this.server;
		return (bound != null && !bound.isDisposed()) ? bound.port() : -1;
	}

	/**
	 * Binds the port. Blocks until it is bound.
	 * @param resources the event loops
	 * @param customizers applied last, in order
	 * @throws PortInUseException when another program listens on the port
	 * @throws CannotListenException when the system does not allow it for another reason
	 */
	void start(LoopResources resources, List<UnaryOperator<TcpServer>> customizers) {
		TcpServer tcpServer = TcpServer.create()
			.bindAddress(this.listener::address)
			.runOn(resources)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childOption(ChannelOption.RECVBUF_ALLOCATOR, fairShare())
			.doOnChannelInit((observer, channel, remote) -> initialize(channel));
		for (UnaryOperator<TcpServer> customizer : customizers) {
			tcpServer = customizer.apply(tcpServer);
		}
		this.observed = isObserved(tcpServer.configuration());
		try {
			DisposableServer bound = tcpServer.bindNow();
			bound.channel()
				.pipeline()
				.addFirst("nano.acceptFailures",
						new AcceptFailures(this.context.descriptors(), this.context::nanoTime));
			this.server = bound;
		}
		catch (ChannelBindException ex) {
			String name = this.listener.name();
			InetSocketAddress address = this.listener.address();
			throw isInUse(ex) ? new PortInUseException(name, address, ex)
					: new CannotListenException(name, address, ex);
		}
	}

	/** Reactor Netty calls these by its bridge, which costs 300 bytes a connection. */
	private static boolean isObserved(TcpServerConfig config) {
		return config.doOnConnection() != null || config.channelGroup() != null
				|| config.childObserver() != ConnectionObserver.emptyListener();
	}

	/** Epoll, NIO and the JDK have only this part of the message in common. */
	private static boolean isInUse(ChannelBindException failure) {
		for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
			String message = cause.getMessage();
			if (cause instanceof IOException && message != null && message.contains("in use")) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Reads little at a time from a client that sends continuously, so that other clients
	 * of the loop are served.
	 */
	private static RecvByteBufAllocator fairShare() {
		return new AdaptiveRecvByteBufAllocator(64, 2048, 32 * 1024).maxMessagesPerRead(4);
	}

	private void initialize(Channel channel) {
		if (this.keepAlive != null) {
			this.keepAlive.enable(channel);
		}
		boolean proxied = this.listener.proxies().contain(channel.remoteAddress());
		boolean denied = !proxied && !isAllowed(channel.remoteAddress());
		boolean accepted = proxied || !denied && acquireSlots(channel, channel.remoteAddress());
		NettyWire wire = this.loops.wire(channel, this.protocol);
		Tls tls = this.listener.tls();
		if (tls != null && !tls.allowsPlainText()) {
			wire.tlsPending();
		}
		channel.pipeline().addFirst("nano.wire", wire);
		if (!this.observed) {
			channel.pipeline().remove(NettyPipeline.ReactiveBridge);
		}
		if (denied || !accepted && !mayReceiveReason(channel)) {
			closeRejected(channel, wire, denied ? CloseReason.ADDRESS_DENIED : CloseReason.TOO_MANY_CONNECTIONS);
			return;
		}
		if (proxied) {
			channel.pipeline()
				.addFirst("nano.proxyHeader",
						new ProxyHeader(wire, this.headerFailureLogged, (client) -> proxied(channel, wire, client)))
				.addFirst("nano.proxyHeaderDecoder", new ProxyHeaderDecoder());
		}
		else {
			channel.pipeline().addFirst("nano.firstBytes", firstBytes(wire, accepted));
		}
		customize(channel, wire);
	}

	/** Netty logs a failure, and closes the channel. */
	private void customize(Channel channel, NettyWire wire) {
		try {
			this.channelCustomizers.forEach((customizer) -> customizer.accept(channel));
		}
		catch (RuntimeException | Error ex) {
			wire.endWithoutFarewell(CloseReason.SERVER_ERROR);
			throw ex;
		}
	}

	private boolean isAllowed(SocketAddress client) {
		return this.listener.settings().addresses().allows(client);
	}

	/**
	 * Counts the client at this port and at the server, until the channel closes. Returns
	 * false if a limit is reached.
	 */
	private boolean acquireSlots(Channel channel, SocketAddress client) {
		if (!this.limit.isSet()) {
			return this.loops.acquireSlot(channel, client);
		}
		if (this.connected.incrementAndGet() > this.limit.max()) {
			this.connected.decrementAndGet();
			this.limit.exceeded();
			return false;
		}
		if (!this.loops.acquireSlot(channel, client)) {
			this.connected.decrementAndGet();
			return false;
		}
		channel.closeFuture().addListener((closed) -> this.connected.decrementAndGet());
		return true;
	}

	/**
	 * Called when the proxy has sent the client's address; null for a connection of the
	 * proxy itself.
	 */
	private void proxied(Channel channel, NettyWire wire, @Nullable InetSocketAddress client) {
		SocketAddress known = (client != null) ? client : channel.remoteAddress();
		if (!isAllowed(known)) {
			closeRejected(channel, wire, CloseReason.ADDRESS_DENIED);
			return;
		}
		boolean accepted = acquireSlots(channel, known);
		if (!accepted && !mayReceiveReason(channel)) {
			closeRejected(channel, wire, CloseReason.TOO_MANY_CONNECTIONS);
			return;
		}
		wire.setPeer(known, null);
		channel.pipeline().addAfter("nano.proxyHeader", "nano.firstBytes", firstBytes(wire, accepted));
	}

	private FirstBytes firstBytes(NettyWire wire, boolean accepted) {
		return new FirstBytes(this.listener, wire, accepted ? null : CloseReason.TOO_MANY_CONNECTIONS);
	}

	/** Handles no bytes, such as those received with a PROXY header. */
	private static void closeRejected(Channel channel, NettyWire wire, CloseReason reason) {
		wire.endWithoutFarewell(reason);
		channel.close();
	}

	/**
	 * Limits the rejected clients whose connections stay open until they have read the
	 * reason.
	 */
	private boolean mayReceiveReason(Channel channel) {
		if (this.rejected.incrementAndGet() > MAX_REJECTED) {
			this.rejected.decrementAndGet();
			return false;
		}
		channel.closeFuture().addListener((closed) -> this.rejected.decrementAndGet());
		return true;
	}

	/**
	 * Stops accepting connections. Open ones stay open.
	 * @param timeout the maximum time to block
	 */
	void stopAccepting(Duration timeout) {
		if (this.server == null) {
			return;
		}
		try {
			this.server.disposeNow(timeout);
		}
		catch (IllegalStateException ex) {
			log.warn("The port of listener {} was not closed in time: {}", this.listener.name(), ex.getMessage());
		}
	}

}
