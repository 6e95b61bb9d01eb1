package io.nanogame.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;

import io.nanogame.session.CloseReason;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Netty channel that carries packets, bare or in WebSocket frames. The last handler of
 * its pipeline: bytes end here. Everything a read brings is answered in one buffer and
 * one flush. An idle wire holds no buffer.
 */
final class NettyWire extends ChannelInboundHandlerAdapter implements Wire, WebSocketFrames.Listener {

	private static final Logger log = LoggerFactory.getLogger(NettyWire.class);

	/** Output above this goes to the socket without waiting for the end of the read. */
	private static final int FLUSH_BYTES = 64 * 1024;

	private static final int INITIAL_OUTPUT = 512;

	private final TransportContext context;

	private final NettyLoop loop;

	private final Channel channel;

	private final ClientConnection connection;

	private volatile Map<String, List<String>> queryParameters = Map.of();

	/** Null when the channel knows best. */
	private volatile @Nullable SocketAddress remoteAddress;

	private volatile @Nullable Principal principal;

	/** Null on a bare socket. */
	private volatile @Nullable WebSocketFrames frames;

	// The event loop's own

	/** What was read and not decoded: the rest of a packet, or what came while paused. */
	private @Nullable ByteBuf tail;

	/** What was appended and not flushed. */
	private @Nullable ByteBuf output;

	/** The answer to the close frame of the client, once that has come. */
	private @Nullable CloseFrame closeFrameReceived;

	private boolean finishing;

	/** The client is gone, and not all it has said is heard. */
	private boolean hungUp;

	private boolean established;

	/** The client expects TLS, and it is not set up yet: nothing can be said. */
	private boolean mute;

	NettyWire(TransportContext context, NettyLoop loop, Channel channel) {
		this.context = context;
		this.loop = loop;
		this.channel = channel;
		this.connection = ClientConnection.open(context, this);
	}

	/**
	 * From now on packets travel in WebSocket frames.
	 * @param parameters the query parameters of its URL
	 */
	void becomeWebSocket(Map<String, List<String>> parameters) {
		this.queryParameters = parameters;
		this.frames = new WebSocketFrames();
	}

	/** The web app knows more of the client than the channel does. */
	void foundOut(SocketAddress address, @Nullable Principal user) {
		this.remoteAddress = address;
		this.principal = user;
	}

	/** Until TLS is set up there are no words the client could read. */
	void awaitTls() {
		this.mute = true;
	}

	/** From now on the client reads what is written: inside of TLS, or without it. */
	void canSpeak(@Nullable Principal peer) {
		this.mute = false;
		this.principal = peer;
	}

	/** Client and server did not agree on TLS, which says so to the client and closes. */
	void tlsFailed(Throwable cause) {
		log.debug("A TLS handshake failed: {}", cause.getMessage());
		turnedAway(CloseReason.TLS_FAILED);
	}

	/** The client has said how it speaks. */
	void established() {
		this.established = true;
		this.context.traffic.connected(transport());
	}

	/** The client cannot stay: it is told by a kick, and closed. */
	void turnAway(CloseReason reason) {
		this.connection.end(reason);
	}

	/** The client cannot stay; somebody else tells it and closes the channel. */
	void turnedAway(CloseReason reason) {
		this.connection.turnedAway(reason);
	}

	/** What came in front of the packets is not what it should be. */
	void protocolError(String words) {
		this.connection.protocolError(words);
	}

	// In

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		ctx.fireChannelActive();
		// Reactor Netty leaves reading to its subscribers, of which there are none.
		this.channel.config().setAutoRead(true);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		ByteBuf in = (ByteBuf) message;
		this.context.traffic.bytesReceived(in.readableBytes());
		if (this.finishing) {
			in.release();
			return;
		}
		String broken = unwrap(in);
		if (this.tail == null) {
			decode(in);
		}
		else {
			this.tail.discardSomeReadBytes().writeBytes(in);
			in.release();
			decodeTail();
		}
		if (broken != null) {
			this.connection.protocolError(broken);
		}
		else if (this.closeFrameReceived != null) {
			finish(this.closeFrameReceived);
			hangUp();
		}
	}

	/** Returns what is wrong with the frames, or null. */
	private @Nullable String unwrap(ByteBuf in) {
		WebSocketFrames webSocket = this.frames;
		if (webSocket == null) {
			return null;
		}
		try {
			webSocket.unwrap(in, this);
			return null;
		}
		catch (WebSocketFrames.FrameException ex) {
			return ex.getMessage();
		}
	}

	/** Decodes what was read; what is left of it becomes the tail. */
	private void decode(ByteBuf in) {
		try {
			this.connection.receive(in);
			if (in.isReadable()) {
				// A copy, because the read buffer is much larger than what is left in it.
				this.tail = this.channel.alloc().buffer(in.readableBytes()).writeBytes(in);
			}
		}
		finally {
			in.release();
		}
	}

	private void decodeTail() {
		ByteBuf kept = this.tail;
		if (kept != null) {
			this.connection.receive(kept);
			if (!kept.isReadable()) {
				kept.release();
				this.tail = null;
			}
		}
	}

	@Override
	public void control(int opcode, byte[] payload) {
		if (opcode == WebSocketFrames.PING) {
			pong(payload);
		}
		else if (opcode == WebSocketFrames.CLOSE) {
			this.closeFrameReceived = CloseFrame.answering(payload);
		}
	}

	/**
	 * Who does not read gets none, or they would pile up. RFC 6455 lets pongs be left
	 * out.
	 */
	private void pong(byte[] payload) {
		if (this.channel.isWritable()) {
			frame(WebSocketFrames.PONG, payload);
		}
	}

	private void frame(int opcode, byte[] payload) {
		ByteBuf out = output(payload.length);
		WebSocketFrames.writeHeader(out, opcode, payload.length);
		out.writeBytes(payload);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		flush();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		if (this.channel.isWritable()) {
			this.connection.writable();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.finishing = true;
		if (this.established) {
			this.context.traffic.disconnected(transport());
		}
		hangUp();
		ctx.fireChannelInactive();
	}

	/**
	 * Nothing more will come. What came while the connection was paused is still heard,
	 * as the session catches up, and the end of the connection comes behind it.
	 */
	private void hangUp() {
		if (this.tail == null || !this.connection.isWaiting()) {
			releaseBuffers();
			this.connection.disconnected();
		}
		else if (!this.hungUp) {
			this.hungUp = true;
			// On the heap, because nobody tells when this wire is forgotten.
			ByteBuf unheard = Unpooled.copiedBuffer(this.tail);
			releaseBuffers();
			this.tail = unheard;
			this.connection.resume();
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		if (!this.hungUp) {
			releaseBuffers();
		}
	}

	private void releaseBuffers() {
		if (this.tail != null) {
			this.tail.release();
			this.tail = null;
		}
		if (this.output != null) {
			this.output.release();
			this.output = null;
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (cause instanceof IOException || cause instanceof DecoderException
				|| cause instanceof PrematureChannelClosureException) {
			// Scanners and clients without the certificate they need are everyday life.
			log.debug("A connection broke: {}", cause.getMessage());
		}
		else {
			log.warn("A connection failed and is closed", cause);
		}
		ctx.close();
	}

	// Out

	@Override
	public void append(OutboundMessage message, boolean compressRoute, boolean markError) {
		byte[] body = message.body();
		boolean error = markError && message.isError();
		int length = this.context.messageEncoder.packetLength(message.type(), message.id(), message.route(), body,
				compressRoute);
		ByteBuf out = output(length);
		if (this.frames != null) {
			WebSocketFrames.writeBinaryHeader(out, length);
		}
		this.context.messageEncoder.encodePacket(out, message.type(), message.id(), message.route(), body, error,
				compressRoute);
		flushIfMuch(out);
	}

	@Override
	public void append(byte[] packet) {
		ByteBuf out = output(packet.length);
		if (this.frames != null) {
			WebSocketFrames.writeBinaryHeader(out, packet.length);
		}
		out.writeBytes(packet);
		flushIfMuch(out);
	}

	private ByteBuf output(int length) {
		ByteBuf out = this.output;
		if (out == null) {
			out = this.channel.alloc().buffer(Math.max(INITIAL_OUTPUT, length + 10));
			this.output = out;
		}
		return out;
	}

	private void flushIfMuch(ByteBuf out) {
		if (out.readableBytes() >= FLUSH_BYTES) {
			flush();
		}
	}

	@Override
	public void flush() {
		ByteBuf out = this.output;
		if (out == null) {
			return;
		}
		this.output = null;
		if (this.hungUp) {
			out.release();
			return;
		}
		this.context.traffic.bytesSent(out.readableBytes());
		this.channel.writeAndFlush(out, this.channel.voidPromise());
	}

	@Override
	public long pendingBytes() {
		ByteBuf out = this.output;
		var queued = this.channel.unsafe().outboundBuffer();
		return ((out != null) ? out.readableBytes() : 0) + ((queued != null) ? queued.totalPendingWriteBytes() : 0);
	}

	@Override
	public boolean isWritable() {
		return this.hungUp || this.channel.isWritable();
	}

	@Override
	public void pause() {
		this.channel.config().setAutoRead(false);
	}

	@Override
	public void resume() {
		if (this.hungUp) {
			decodeTail();
			hangUp();
			return;
		}
		this.channel.config().setAutoRead(true);
		decodeTail();
		flush();
	}

	@Override
	public void finish(CloseFrame close) {
		if (this.hungUp) {
			hangUp();
			return;
		}
		if (this.finishing) {
			return;
		}
		this.finishing = true;
		if (this.mute) {
			releaseBuffers();
			this.channel.close();
			return;
		}
		if (this.frames != null) {
			frame(WebSocketFrames.CLOSE, close.payload());
		}
		ByteBuf out = this.output;
		this.output = null;
		this.channel.writeAndFlush((out != null) ? out : Unpooled.EMPTY_BUFFER)
			.addListener((ChannelFutureListener) (written) -> halfClose());
		// What still comes is read and dropped: closing with bytes unread would reset the
		// connection, and the client might never see its last words.
		this.channel.config().setAutoRead(true);
	}

	private void halfClose() {
		if (this.closeFrameReceived != null || this.channel.pipeline().get(SslHandler.class) != null
				|| !(this.channel instanceof DuplexChannel duplex)) {
			this.channel.close();
			return;
		}
		duplex.shutdownOutput();
	}

	@Override
	public void abort() {
		this.channel.close();
		if (this.hungUp) {
			releaseBuffers();
			hangUp();
		}
	}

	// Facts

	@Override
	public OutputLoop loop() {
		return this.loop;
	}

	@Override
	public SocketAddress remoteAddress() {
		SocketAddress known = this.remoteAddress;
		return (known != null) ? known : this.channel.remoteAddress();
	}

	@Override
	public @Nullable Principal principal() {
		return this.principal;
	}

	@Override
	public String transport() {
		return (this.frames != null) ? "websocket" : "tcp";
	}

	@Override
	public Map<String, List<String>> queryParameters() {
		return this.queryParameters;
	}

}
