package io.nanogame.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketEncoder;
import io.nanogame.protocol.PacketHandler;
import io.nanogame.protocol.PacketType;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import org.jspecify.annotations.Nullable;

/**
 * A minimal server of this protocol: it replies to requests with their body, creates no
 * message objects, and writes once per read. This is the lower bound for other servers.
 */
final class NettyEcho extends ByteToMessageDecoder implements PacketHandler {

	private static final byte[] HANDSHAKE = "{\"code\":200,\"sys\":{\"heartbeat\":600}}"
		.getBytes(StandardCharsets.UTF_8);

	private final PacketDecoder packets = new PacketDecoder(64 * 1024);

	private @Nullable ByteBuf out;

	private @Nullable ChannelHandlerContext context;

	/**
	 * Starts a server.
	 * @param webSocket whether packets are in WebSocket frames
	 * @return its port
	 */
	static int start(boolean webSocket) {
		boolean epoll = Epoll.isAvailable();
		var loops = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(),
				epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
		Class<? extends ServerSocketChannel> type = epoll ? EpollServerSocketChannel.class
				: NioServerSocketChannel.class;
		ServerSocketChannel channel = (ServerSocketChannel) new ServerBootstrap().group(loops)
			.channel(type)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.SO_BACKLOG, 4096)
			.childHandler(new SocketChannelInitializer(webSocket))
			.bind("127.0.0.1", 0)
			.syncUninterruptibly()
			.channel();
		return channel.localAddress().getPort();
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.context = ctx;
	}

	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> unused) {
		this.packets.decode(in, this);
	}

	@Override
	public boolean packet(PacketType type, ByteBuf in, int length) {
		switch (type) {
			case HANDSHAKE -> PacketEncoder.encode(out(), PacketType.HANDSHAKE, HANDSHAKE);
			case HEARTBEAT -> PacketEncoder.writeHeader(out(), PacketType.HEARTBEAT, 0);
			case DATA -> message(in, length);
			default -> {
			}
		}
		return true;
	}

	/** A request is flag, id, route and body; a response flag, id and body. */
	private void message(ByteBuf in, int length) {
		int start = in.readerIndex();
		int flag = in.readByte();
		if (flag >> 1 != MessageType.REQUEST.code()) {
			return;
		}
		int id = in.readerIndex();
		while (in.readByte() < 0) {
			continue;
		}
		int idLength = in.readerIndex() - id;
		in.skipBytes(((flag & 1) != 0) ? 2 : in.readUnsignedByte());
		int bodyLength = length - (in.readerIndex() - start);
		ByteBuf to = out();
		PacketEncoder.writeHeader(to, PacketType.DATA, 1 + idLength + bodyLength);
		to.writeByte(MessageType.RESPONSE.code() << 1);
		to.writeBytes(in, id, idLength);
		to.writeBytes(in, in.readerIndex(), bodyLength);
	}

	private ByteBuf out() {
		ByteBuf current = this.out;
		if (current == null && this.context != null) {
			current = this.context.alloc().ioBuffer();
			this.out = current;
		}
		if (current == null) {
			throw new IllegalStateException("not in a pipeline");
		}
		return current;
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
		ByteBuf written = this.out;
		if (written != null) {
			this.out = null;
			ctx.writeAndFlush(written, ctx.voidPromise());
		}
		super.channelReadComplete(ctx);
	}

	private static final class SocketChannelInitializer extends ChannelInitializer<SocketChannel> {

		private final boolean webSocket;

		SocketChannelInitializer(boolean webSocket) {
			this.webSocket = webSocket;
		}

		@Override
		protected void initChannel(SocketChannel channel) {
			if (this.webSocket) {
				channel.pipeline()
					.addLast(new HttpServerCodec(), new HttpObjectAggregator(8192),
							new WebSocketServerProtocolHandler("/nano"), new Frames());
			}
			channel.pipeline().addLast(new NettyEcho());
		}

	}

	/** Converts between bytes and WebSocket frames. */
	private static final class Frames extends ChannelDuplexHandler {

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			ctx.fireChannelRead(((WebSocketFrame) message).content());
		}

		@Override
		public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
			ctx.write((message instanceof ByteBuf bytes) ? new BinaryWebSocketFrame(bytes) : message, promise);
		}

	}

}
