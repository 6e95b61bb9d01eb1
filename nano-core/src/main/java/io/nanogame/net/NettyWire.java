package io.nanogame.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.security.Principal;

import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.OutputLoop;
import io.nanogame.connection.Traffic;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.UrlQuery;
import io.nanogame.connection.Wire;
import io.nanogame.protocol.ClientText;
import io.nanogame.session.CloseReason;
import io.nanogame.session.UpgradeRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
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

	private static final byte[] NO_PAYLOAD = {};

	private final NettyLoop loop;

	private final Channel channel;

	private final ClientConnection connection;

	/** Null when the channel knows best. */
	private volatile @Nullable SocketAddress remoteAddress;

	private volatile @Nullable Principal principal;

	/** Null on a bare socket. */
	private volatile @Nullable WebSocketFrames frames;

	// The event loop's own

	/** What was read and not decoded: the rest of a packet, or what came while paused. */
	private @Nullable ByteBuf tail;

	private final OutputBuffer output;

	/** The answer to the close frame of the client, once that has come. */
	private @Nullable CloseFrame closeFrameReceived;

	/** Null until this side ends the connection. */
	private @Nullable ChannelFarewell farewell;

	/** The client sends nothing more, and may still read. */
	private boolean inputEnded;

	/** The client is gone, and not all it has said is heard. */
	private boolean hungUp;

	private boolean established;

	NettyWire(TransportContext context, Protocol protocol, NettyLoop loop, Channel channel) {
		this.loop = loop;
		this.channel = channel;
		this.output = new OutputBuffer(channel);
		this.connection = ClientConnection.open(context, protocol, this);
		channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
	}

	/**
	 * From now on packets travel in WebSocket frames.
	 * @param ofUrl the query of its URL
	 * @param request the HTTP request
	 */
	void becomeWebSocket(UrlQuery ofUrl, UpgradeRequest request) {
		this.connection.upgraded(request);
		this.frames = new WebSocketFrames(ofUrl);
		this.output.becomeWebSocket();
	}

	/** A proxy or the web app knows more of the client than the channel does. */
	void setPeer(SocketAddress address, @Nullable Principal user) {
		this.remoteAddress = address;
		this.principal = user;
	}

	/** Until TLS is set up the client could not read anything. */
	void tlsPending() {
		this.output.tlsPending(true);
	}

	/** From now on the client reads what is written: inside of TLS, or without it. */
	void tlsReady(@Nullable Principal peer) {
		this.output.tlsPending(false);
		this.principal = peer;
	}

	/** Client and server did not agree on TLS, which says so to the client and closes. */
	void tlsFailed(Throwable cause) {
		log.debug("A TLS handshake failed: {}", ClientText.printable(cause.getMessage()));
		endWithoutFarewell(CloseReason.TLS_FAILED);
	}

	/** The client has said how it speaks. */
	void established() {
		this.established = true;
		traffic().connected(transport());
	}

	/** The client cannot stay: it receives the reason, and the channel is closed. */
	void reject(CloseReason reason) {
		this.connection.end(reason);
	}

	/** The client cannot stay: the caller sends the reason and closes the channel. */
	void endWithoutFarewell(CloseReason reason) {
		this.connection.endWithoutFarewell(reason);
	}

	/** What came in front of the packets is not what it should be. */
	void protocolError(String problem) {
		this.connection.end(CloseReason.PROTOCOL_ERROR.withMessage("protocol error: " + problem));
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
		traffic().bytesReceived(in.readableBytes());
		if (this.farewell != null || this.hungUp) {
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
			protocolError(broken);
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
		if (kept == null) {
			return;
		}
		// Decoding may end the connection, which releases what the wire has then.
		this.tail = null;
		this.connection.receive(kept);
		if (kept.isReadable()) {
			this.tail = kept;
		}
		else {
			kept.release();
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
			this.output.frame(WebSocketFrames.PONG, payload);
		}
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
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof ChannelInputShutdownEvent
				|| event instanceof SslCloseCompletionEvent closed && closed.isSuccess()) {
			endInput();
		}
		else {
			ctx.fireUserEventTriggered(event);
		}
	}

	/**
	 * The client has ended its half: the socket's, or with a close_notify that of TLS.
	 */
	private void endInput() {
		SslHandler tls = this.channel.pipeline().get(SslHandler.class);
		if (this.farewell != null) {
			this.farewell.inputEnded();
		}
		else if (tls != null && tls.engine().isOutboundDone()) {
			this.channel.close(); // before TLS 1.3 there is no half of a connection
		}
		else if (!this.inputEnded) {
			this.inputEnded = true;
			this.connection.inputEnded();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		if (this.established) {
			traffic().disconnected(transport());
		}
		hangUp();
		ctx.fireChannelInactive();
	}

	/**
	 * Nothing more will come. What came while the connection was paused is still heard,
	 * as the session catches up, and the end of the connection comes behind it.
	 */
	private void hangUp() {
		if (this.tail == null || !this.connection.gate().isWaiting()) {
			releaseBuffers();
			this.connection.disconnected();
		}
		else if (!this.hungUp) {
			this.hungUp = true;
			// On the heap, because this wire is not notified when it is forgotten.
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

	private Traffic traffic() {
		return this.loop.context().traffic();
	}

	private void releaseBuffers() {
		if (this.tail != null) {
			this.tail.release();
			this.tail = null;
		}
		this.output.release();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (cause instanceof IOException || cause instanceof DecoderException
				|| cause instanceof PrematureChannelClosureException) {
			// Scanners and clients without the certificate they need are everyday life.
			log.debug("A connection broke: {}", ClientText.printable(cause.getMessage()));
		}
		else {
			log.warn("A connection failed and is closed", cause);
		}
		ctx.close();
	}

	// Out

	@Override
	public ByteBuf append(int length) {
		if (this.output.size() >= FLUSH_BYTES) {
			flush();
		}
		return this.output.append(length);
	}

	@Override
	public void flush() {
		ByteBuf out = this.output.take();
		if (out == null) {
			return;
		}
		if (this.hungUp) {
			out.release();
			return;
		}
		traffic().bytesSent(out.readableBytes());
		this.channel.writeAndFlush(out, this.channel.voidPromise());
	}

	@Override
	public void sendText() {
		this.output.sendText();
	}

	@Override
	public boolean keepsBounds() {
		return this.frames != null;
	}

	@Override
	public boolean ping() {
		if (this.frames == null) {
			return false;
		}
		this.output.frame(WebSocketFrames.PING, NO_PAYLOAD);
		flush();
		return true;
	}

	@Override
	public long pendingBytes() {
		var queued = this.channel.unsafe().outboundBuffer();
		return this.output.size() + ((queued != null) ? queued.totalPendingWriteBytes() : 0);
	}

	@Override
	public boolean isWritable() {
		return this.hungUp || this.channel.isWritable();
	}

	@Override
	public boolean hasUnread() {
		return this.tail != null;
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
		if (!this.inputEnded) {
			this.channel.config().setAutoRead(true);
		}
		decodeTail();
		flush();
	}

	@Override
	public void finish(CloseReason reason) {
		finish(CloseFrame.of(reason));
	}

	private void finish(CloseFrame close) {
		if (this.hungUp) {
			hangUp();
			return;
		}
		if (this.farewell != null) {
			return;
		}
		this.farewell = new ChannelFarewell(this.channel, this.inputEnded || this.closeFrameReceived != null);
		if (this.output.isTlsPending()) {
			releaseBuffers();
			this.channel.close();
			return;
		}
		if (this.frames != null) {
			this.output.frame(WebSocketFrames.CLOSE, close.payload());
		}
		ByteBuf out = this.output.take();
		this.farewell.begin((out != null) ? out : Unpooled.EMPTY_BUFFER);
	}

	@Override
	public void abort() {
		ChannelFarewell.abort(this.channel);
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
	public @Nullable UrlQuery query() {
		WebSocketFrames webSocket = this.frames;
		return (webSocket != null) ? webSocket.query() : null;
	}

}
