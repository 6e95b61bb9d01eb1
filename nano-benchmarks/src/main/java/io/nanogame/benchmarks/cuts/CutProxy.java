package io.nanogame.benchmarks.cuts;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * A proxy on the loopback interface that cuts each connection after some time, at a
 * random place. It does not change what it forwards. Everything runs on one loop.
 */
final class CutProxy implements AutoCloseable {

	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final InetSocketAddress server;

	private final Random random;

	private final long meanMillis;

	private final CutCounts counts = new CutCounts();

	private final Set<Relay> relays = ConcurrentHashMap.newKeySet();

	private final Channel listener;

	private volatile boolean calm = true;

	/**
	 * Starts a proxy that does not cut yet.
	 * @param serverPort the port of the server on this machine
	 * @param meanMillis how long a connection lives on average
	 * @param seed of all chances
	 */
	CutProxy(int serverPort, long meanMillis, long seed) {
		this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
		this.meanMillis = meanMillis;
		this.random = new Random(seed);
		this.listener = new ServerBootstrap().group(this.loop)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, 1024)
			.childOption(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {
				@Override
				protected void initChannel(SocketChannel channel) {
					accept(channel);
				}
			})
			.bind(InetAddress.getLoopbackAddress(), 0)
			.syncUninterruptibly()
			.channel();
	}

	int port() {
		return ((InetSocketAddress) this.listener.localAddress()).getPort();
	}

	CutCounts counts() {
		return this.counts;
	}

	/** Begins to cut connections. */
	void begin() {
		this.loop.execute(() -> {
			this.calm = false;
			this.relays.forEach(Relay::schedule);
		});
	}

	/** Cuts nothing any more. Connections that are silent end. */
	void calm() {
		this.calm = true;
		this.loop.execute(() -> Set.copyOf(this.relays).forEach(Relay::endSilence));
	}

	boolean isCalm() {
		return this.calm;
	}

	private void accept(Channel client) {
		Relay relay = new Relay(this, client, this.random, this.meanMillis);
		client.pipeline().addLast(new Side(relay, false));
		ChannelFuture connecting = new Bootstrap().group(client.eventLoop())
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new Side(relay, true))
			.connect(this.server);
		connecting.addListener((done) -> {
			if (done.isSuccess() && client.isActive()) {
				this.relays.add(relay);
				relay.connected(connecting.channel());
				client.config().setAutoRead(true);
			}
			else {
				client.close();
				connecting.channel().close();
			}
		});
	}

	@Override
	public void close() {
		this.loop.shutdownGracefully().syncUninterruptibly();
	}

	/** One end of a relay. */
	private final class Side extends ChannelInboundHandlerAdapter {

		private final Relay relay;

		private final boolean server;

		Side(Relay relay, boolean server) {
			this.relay = relay;
			this.server = server;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object bytes) {
			this.relay.read(this.server, (ByteBuf) bytes);
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			this.relay.closed(this.server);
			if (this.server) {
				CutProxy.this.relays.remove(this.relay);
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
			context.close(); // a reset
		}

	}

}
