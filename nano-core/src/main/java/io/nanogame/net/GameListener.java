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

import io.nanogame.connection.ListenerSettings;
import io.nanogame.connection.TransportContext;
import io.nanogame.session.CloseReason;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.ReactorNetty;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * Listens on the game port. Reactor Netty is the bootstrap only: handlers of our own
 * stand in front of its reactive bridge, and what clients send never gets there.
 */
public final class GameListener {

	private static final Logger log = LoggerFactory.getLogger(GameListener.class);

	/** So many at a time receive the reason; more are closed without one. */
	private static final int MAX_REJECTED = 100;

	/** Even late, threads need a moment to end. */
	private static final Duration SHORTEST_END = Duration.ofMillis(100);

	private final TransportContext context;

	private final ListenerSettings settings;

	private final OriginPolicy origins;

	private final InetSocketAddress address;

	private final @Nullable Tls tls;

	private final TrustedProxies proxies;

	private final List<UnaryOperator<TcpServer>> serverCustomizers;

	private final List<Consumer<Channel>> channelCustomizers;

	private final NettyLoops loops;

	/** Whether a proxy without headers was logged. */
	private final AtomicBoolean complained = new AtomicBoolean();

	private final AtomicInteger rejected = new AtomicInteger();

	private @Nullable LoopResources resources;

	private @Nullable DisposableServer server;

	/**
	 * A listener, not yet listening.
	 * @param context what its connections share
	 * @param loops take up its event loops
	 * @param address where to listen; port 0 for any
	 * @param tls certificate and key, closed with this listener; null for plain text only
	 * @param proxies tell where their clients are
	 * @param serverCustomizers have the last word on the server
	 * @param channelCustomizers have the last word on each channel, on its event loop
	 */
	public GameListener(TransportContext context, NettyLoops loops, InetSocketAddress address, @Nullable Tls tls,
			TrustedProxies proxies, List<UnaryOperator<TcpServer>> serverCustomizers,
			List<Consumer<Channel>> channelCustomizers) {
		this.context = context;
		this.loops = loops;
		this.settings = context.settings().listener();
		this.origins = new OriginPolicy(this.settings.allowedOrigins());
		this.address = address;
		this.tls = tls;
		this.proxies = proxies;
		this.serverCustomizers = List.copyOf(serverCustomizers);
		this.channelCustomizers = List.copyOf(channelCustomizers);
	}

	/**
	 * Reactor Netty has at least four, for those who block in them. Nobody does here, and
	 * more loops than cores wake each other for nothing.
	 */
	private static int loopCount() {
		return Integer.getInteger(ReactorNetty.IO_WORKER_COUNT, Runtime.getRuntime().availableProcessors());
	}

	/**
	 * Begins to listen. Blocks until it does.
	 * @return the port
	 * @throws PortInUseException when another program listens there already
	 * @throws CannotListenException when the system does not allow it for another reason
	 */
	public int start() {
		LoopResources loopResources = LoopResources.create("nano", loopCount(), true);
		TcpServer tcpServer = TcpServer.create()
			.bindAddress(() -> this.address)
			.runOn(loopResources)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childOption(ChannelOption.RECVBUF_ALLOCATOR, fairShare())
			.doOnChannelInit((observer, channel, remote) -> initialize(channel));
		for (UnaryOperator<TcpServer> customizer : this.serverCustomizers) {
			tcpServer = customizer.apply(tcpServer);
		}
		try {
			DisposableServer bound = tcpServer.bindNow();
			bound.channel()
				.pipeline()
				.addFirst("nano.acceptFailures",
						new AcceptFailures(this.context.descriptors(), this.context::nanoTime));
			this.server = bound;
			this.resources = loopResources;
			return bound.port();
		}
		catch (ChannelBindException ex) {
			loopResources.disposeLater().subscribe();
			throw isInUse(ex) ? new PortInUseException(this.address, ex) : new CannotListenException(this.address, ex);
		}
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
	 * A client that sends without end is read a little at a time, for the others' sake.
	 */
	private static RecvByteBufAllocator fairShare() {
		return new AdaptiveRecvByteBufAllocator(64, 2048, 32 * 1024).maxMessagesPerRead(4);
	}

	private void initialize(Channel channel) {
		boolean proxied = this.proxies.contain(channel.remoteAddress());
		boolean welcome = proxied || this.loops.takePlace(channel, channel.remoteAddress());
		if (!welcome && !receivesReason(channel)) {
			channel.close();
			return;
		}
		NettyWire wire = this.loops.wire(channel);
		if (this.tls != null && !this.tls.allowsPlainText()) {
			wire.tlsPending();
		}
		channel.pipeline().addFirst("nano.wire", wire);
		if (proxied) {
			channel.pipeline()
				.addFirst("nano.proxyHeader",
						new ProxyHeader(wire, this.complained, (client) -> proxied(channel, wire, client)))
				.addFirst("nano.proxyHeaderDecoder", new ProxyHeaderDecoder());
		}
		else {
			channel.pipeline().addFirst("nano.firstBytes", firstBytes(wire, welcome));
		}
		this.channelCustomizers.forEach((customizer) -> customizer.accept(channel));
	}

	/** The proxy has sent the client's address; null when it is its own client. */
	private void proxied(Channel channel, NettyWire wire, @Nullable InetSocketAddress client) {
		SocketAddress known = (client != null) ? client : channel.remoteAddress();
		boolean welcome = this.loops.takePlace(channel, known);
		if (!welcome && !receivesReason(channel)) {
			// What came with the header must not be handled any more.
			wire.endWithoutFarewell(CloseReason.TOO_MANY_CONNECTIONS);
			channel.close();
			return;
		}
		wire.setPeer(known, null);
		channel.pipeline().addAfter("nano.proxyHeader", "nano.firstBytes", firstBytes(wire, welcome));
	}

	private FirstBytes firstBytes(NettyWire wire, boolean welcome) {
		return new FirstBytes(this.settings, this.origins, wire, this.tls,
				welcome ? null : CloseReason.TOO_MANY_CONNECTIONS);
	}

	/** Rejected clients that wait for the reason must not fill the server. */
	private boolean receivesReason(Channel channel) {
		if (this.rejected.incrementAndGet() > MAX_REJECTED) {
			this.rejected.decrementAndGet();
			return false;
		}
		channel.closeFuture().addListener((closed) -> this.rejected.decrementAndGet());
		return true;
	}

	/**
	 * Takes no more connections. Those that are open stay.
	 * @param timeout how long this may block at most
	 */
	public void stopAccepting(Duration timeout) {
		if (this.server == null) {
			return;
		}
		try {
			this.server.disposeNow(timeout);
		}
		catch (IllegalStateException ex) {
			log.warn("The port was not closed in time: {}", ex.getMessage());
		}
	}

	/**
	 * Ends the event loops, and with them what is still open. Blocks.
	 * @param timeout how long at most, or a tenth of a second if that is more
	 */
	public void stop(Duration timeout) {
		if (this.resources == null) {
			return;
		}
		try {
			Duration limit = (timeout.compareTo(SHORTEST_END) > 0) ? timeout : SHORTEST_END;
			this.resources.disposeLater(Duration.ZERO, limit).block();
		}
		catch (IllegalStateException ex) {
			log.warn("An event loop did not end in time: {}", ex.getMessage());
		}
		if (this.tls != null) {
			this.tls.close();
		}
	}

}
