package io.nanogame.benchmarks.soak;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;

/**
 * Many clients on one thread that cause as much work as possible with few bytes. Each
 * reconnects when its connection is closed.
 */
final class Attackers implements AutoCloseable {

	private static final byte[] HELLO = { 1, 0, 0, 0, 2, 0, 0, 0 };

	private static final byte[] UPGRADE = ("GET /?" + "p=%41&x=1&".repeat(400) + "end HTTP/1.1\r\nHost: 127.0.0.1\r\n"
			+ "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
			+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
		.getBytes(StandardCharsets.US_ASCII);

	/** The interval between the tricks of a client. */
	private static final int TRICK_MILLIS = 200;

	private final IoEventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Bootstrap bootstrap;

	private final AtomicInteger connected = new AtomicInteger();

	private volatile boolean ended;

	/**
	 * Creates attackers of one server.
	 * @param port the port of the server
	 */
	Attackers(int port) {
		this.bootstrap = new Bootstrap().group(this.thread)
			.channel(NioSocketChannel.class)
			.remoteAddress("127.0.0.1", port);
	}

	/** Starts to connect the attackers, without waiting for them. */
	void start(int count) {
		Trick[] tricks = Trick.values();
		for (int i = 0; i < count; i++) {
			connect(tricks[i % tricks.length]);
		}
	}

	private void connect(Trick trick) {
		this.bootstrap.clone().handler(new ChannelInitializer<Channel>() {

			@Override
			protected void initChannel(Channel channel) {
				channel.pipeline().addLast(new Attacker(trick));
			}

		}).connect();
	}

	/** Returns the number of connected attackers. */
	int connected() {
		return this.connected.get();
	}

	/** Disconnects all attackers for good. */
	void disconnect() {
		this.ended = true;
		this.thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@Override
	public void close() {
		disconnect();
	}

	private static byte[] zippedMessages() {
		byte[] body = Troublemaker.deflatedZeros(1_000_000);
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (int i = 0; i < 8; i++) {
			all.writeBytes(RawClient.packet(RawPacket.DATA, RawClient.message(0x12, -1, "echo.lane", body)));
		}
		return all.toByteArray();
	}

	/** A trick: the bytes that are sent first, and those that are sent repeatedly. */
	private enum Trick {

		ZIPPED_MESSAGES(HELLO, zippedMessages()), HANDSHAKES(HELLO, "\1\0\0\0".repeat(100).getBytes()),
		DRIPPING(new byte[] { 1, 0, 0, 0, 2, 0, 0, 0, 4, 0, (byte) 0xEA, 0x60 }, new byte[1]),
		LONG_QUERY(UPGRADE, new byte[0]), HANDSHAKE_AND_RESET(HELLO, new byte[0]);

		private final byte[] first;

		private final byte[] next;

		Trick(byte[] first, byte[] next) {
			this.first = first;
			this.next = next;
		}

	}

	private final class Attacker extends ChannelInboundHandlerAdapter {

		private final Trick trick;

		Attacker(Trick trick) {
			this.trick = trick;
		}

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			Attackers.this.connected.incrementAndGet();
			ctx.writeAndFlush(Unpooled.wrappedBuffer(this.trick.first));
			ctx.executor().schedule(() -> play(ctx), TRICK_MILLIS, TimeUnit.MILLISECONDS);
		}

		private void play(ChannelHandlerContext ctx) {
			if (!ctx.channel().isActive() || Attackers.this.ended) {
				return;
			}
			if (this.trick == Trick.HANDSHAKE_AND_RESET) {
				ctx.channel().config().setOption(io.netty.channel.ChannelOption.SO_LINGER, 0);
				ctx.close();
				return;
			}
			if (ctx.channel().isWritable() && this.trick.next.length > 0) {
				ctx.writeAndFlush(Unpooled.wrappedBuffer(this.trick.next));
			}
			ctx.executor().schedule(() -> play(ctx), TRICK_MILLIS, TimeUnit.MILLISECONDS);
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			ReferenceCountUtil.release(message);
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) {
			Attackers.this.connected.decrementAndGet();
			if (!Attackers.this.ended) {
				ctx.executor().schedule(() -> connect(this.trick), TRICK_MILLIS, TimeUnit.MILLISECONDS);
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			ctx.close();
		}

	}

}
