package io.nanogame.sample.chat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * A load balancer that connects each client to the next server that accepts the
 * connection.
 */
final class LoadBalancer implements AutoCloseable {

	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final AtomicInteger turn = new AtomicInteger();

	private final List<Integer> servers;

	private final Channel listening;

	/**
	 * Begins to accept connections.
	 * @param servers the ports of the servers on this machine
	 */
	LoadBalancer(List<Integer> servers) {
		this.servers = servers;
		this.listening = new ServerBootstrap().group(this.loop)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, 4096)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childOption(ChannelOption.AUTO_READ, false)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel client) {
					connect(client, 1);
				}

			})
			.bind("127.0.0.1", 0)
			.syncUninterruptibly()
			.channel();
	}

	int port() {
		return ((InetSocketAddress) this.listening.localAddress()).getPort();
	}

	private void connect(Channel client, int attempt) {
		int server = this.servers.get(Math.floorMod(this.turn.getAndIncrement(), this.servers.size()));
		ChannelFuture connecting = new Bootstrap().group(this.loop)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new Pump(client))
			.connect("127.0.0.1", server);
		connecting.addListener((connected) -> {
			if (connected.isSuccess()) {
				client.pipeline().addLast(new Pump(connecting.channel()));
				client.config().setAutoRead(true);
			}
			else if (attempt < this.servers.size()) {
				connect(client, attempt + 1);
			}
			else {
				client.close();
			}
		});
	}

	@Override
	public void close() {
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	/** Forwards bytes and the end of the connection to the other side. */
	private static final class Pump extends ChannelInboundHandlerAdapter {

		private final Channel other;

		Pump(Channel other) {
			this.other = other;
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object bytes) {
			this.other.writeAndFlush(bytes);
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext ctx) {
			this.other.config().setAutoRead(ctx.channel().isWritable());
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) {
			this.other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			ctx.close();
		}

	}

}
