package io.nanogame.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.security.Principal;

import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.InboundMessages;
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
 * A Netty channel that carries packets, bare or in WebSocket frames. It is the last
 * handler of its pipeline, and consumes all bytes. The replies to one read are written in
 * one buffer and one flush. An idle wire holds no buffer.
 */
final class NettyWire extends ChannelInboundHandlerAdapter implements Wire, WebSocketFrames.Listener {

	private static final Logger log = LoggerFactory.getLogger(NettyWire.class);

	/** The amount of output that is flushed before the end of the read. */
	private static final int FLUSH_BYTES = 64 * 1024;

	private static final byte[] NO_PAYLOAD = {};

	private final NettyLoop loop;

	private final Channel channel;

	private final ClientConnection connection;

	/** Null when the channel has the address of the client. */
	private volatile @Nullable SocketAddress remoteAddress;

	private volatile @Nullable Principal principal;

	/** Null on a bare socket. */
	private volatile @Nullable WebSocketFrames frames;

	// Confined to the event loop

	/**
	 * Bytes that were read and not decoded: an incomplete packet, or bytes received while
	 * paused.
	 */
	private @Nullable ByteBuf tail;

	private final OutputBuffer output;

	/** Null if received bytes are a stream. Recorded for protocols that need it. */
	private @Nullable InboundMessages messages;

	/** The reply to the close frame of the client; null until that is received. */
	private @Nullable CloseFrame closeFrameReceived;

	/** Why the client has disconnected, if it does. */
	private CloseReason clientClosed = CloseReason.CLIENT_CLOSED;

	/** Null until this side ends the connection. */
	private @Nullable GracefulClose closing;

	/** Whether the client has closed its half. It may still read. */
	private boolean inputEnded;

	/**
	 * Whether the client has disconnected, and bytes it has sent are still to be decoded.
	 */
	private boolean disconnected;

	private boolean established;

	NettyWire(TransportContext context, Protocol protocol, NettyLoop loop, Channel channel) {
		this.loop = loop;
		this.channel = channel;
		this.output = new OutputBuffer(channel);
		this.connection = ClientConnection.open(context, protocol, this);
		channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
	}

	/**
	 * Sends and receives packets in WebSocket frames from now on.
	 * @param ofUrl the query of the URL
	 * @param request the HTTP request
	 */
	void becomeWebSocket(UrlQuery ofUrl, UpgradeRequest request) {
		this.connection.upgraded(request);
		this.frames = new WebSocketFrames(ofUrl, this.messages);
		this.output.becomeWebSocket();
	}

	/** Sets the address and the user that a proxy or the web app has reported. */
	void setPeer(SocketAddress address, @Nullable Principal user) {
		this.remoteAddress = address;
		this.principal = user;
	}

	/** Sends nothing until TLS is established, because the client could not read it. */
	void tlsPending() {
		this.output.tlsPending(true);
	}

	/**
	 * Called when TLS is established, or the client connects without TLS: output may be
	 * sent.
	 */
	void tlsReady(@Nullable Principal peer) {
		this.output.tlsPending(false);
		this.principal = peer;
	}

	/**
	 * Called when the TLS handshake has failed. TLS sends the alert and closes the
	 * channel.
	 */
	void tlsFailed(Throwable cause) {
		log.debug("A TLS handshake failed: {} reason={}", this.connection, ClientText.printable(cause.getMessage()));
		endWithoutFarewell(CloseReason.TLS_FAILED);
	}

	/** Called when the transport of the client is known. */
	void established() {
		this.established = true;
		traffic().connected(transport());
	}

	/** Called when a WebSocket is established, and its output may be sent. */
	void upgraded() {
		if (!this.connection.isEnding()) {
			this.connection.connected();
			flush();
		}
	}

	/** Rejects the client: sends the reason, and closes the channel. */
	void reject(CloseReason reason) {
		this.connection.end(reason);
	}

	/**
	 * Ends the connection of a rejected client. The caller sends the reason and closes
	 * the channel.
	 */
	void endWithoutFarewell(CloseReason reason) {
		this.connection.endWithoutFarewell(reason);
	}

	/** Ends the connection because of malformed bytes before the first packet. */
	void protocolError(String problem) {
		this.connection.end(CloseReason.PROTOCOL_ERROR.withMessage("protocol error: " + problem));
	}

	// In

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		ctx.fireChannelActive();
		// Reactor Netty reads on demand of its subscribers, and there are none.
		this.channel.config().setAutoRead(true);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		ByteBuf in = (ByteBuf) message;
		traffic().bytesReceived(in.readableBytes());
		if (this.closing != null || this.disconnected) {
			in.release();
			return;
		}
		CloseReason problem = unwrap(in);
		if (this.tail == null) {
			decode(in);
		}
		else {
			this.tail.discardSomeReadBytes().writeBytes(in);
			in.release();
			decodeTail();
		}
		if (problem != null) {
			this.connection.end(problem);
		}
		else if (this.closeFrameReceived != null) {
			finish(this.closeFrameReceived);
			inputExhausted();
		}
	}

	/** Returns the reason to end the connection because of malformed frames, or null. */
	private @Nullable CloseReason unwrap(ByteBuf in) {
		WebSocketFrames webSocket = this.frames;
		if (webSocket == null) {
			return null;
		}
		try {
			webSocket.unwrap(in, this);
			return null;
		}
		catch (WebSocketFrames.FrameException ex) {
			return ex.reason();
		}
	}

	/** Decodes bytes; the undecoded rest becomes the tail. */
	private void decode(ByteBuf in) {
		try {
			this.connection.receive(in);
			if (isUnread(in)) {
				// A copy, because the read buffer is much larger than the rest.
				this.tail = this.channel.alloc().buffer(in.readableBytes()).writeBytes(in);
			}
		}
		finally {
			in.release();
		}
	}

	/** Returns whether bytes, or messages without bytes, are not decoded yet. */
	private boolean isUnread(ByteBuf in) {
		return in.isReadable() || this.messages != null && this.messages.hasNext() && !this.connection.isEnding();
	}

	private void decodeTail() {
		ByteBuf kept = this.tail;
		if (kept == null) {
			return;
		}
		// Decoding may end the connection, which releases the tail.
		this.tail = null;
		this.connection.receive(kept);
		if (isUnread(kept)) {
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
			closeFrame(payload);
		}
	}

	private void closeFrame(byte[] payload) {
		if (this.messages == null) {
			this.closeFrameReceived = CloseFrame.replyTo(payload);
			return;
		}
		this.closeFrameReceived = CloseFrame.strictReplyTo(payload);
		this.clientClosed = CloseFrame.reasonOf(payload);
	}

	/**
	 * Sends no pong to a client that does not read, because pongs would accumulate. RFC
	 * 6455 allows to omit them.
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
	 * Called when the client has closed its half: of the socket, or with a close_notify
	 * that of TLS.
	 */
	private void endInput() {
		SslHandler tls = this.channel.pipeline().get(SslHandler.class);
		if (this.closing != null) {
			this.closing.inputEnded();
		}
		else if (tls != null && tls.engine().isOutboundDone()) {
			this.channel.close(); // before TLS 1.3 there is no half-close
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
		inputExhausted();
		ctx.fireChannelInactive();
	}

	/**
	 * Ends the connection, as no more bytes will be received. Bytes received while the
	 * connection was paused are decoded first, as the session catches up.
	 */
	private void inputExhausted() {
		if (this.tail == null || !this.connection.gate().isWaiting()) {
			releaseBuffers();
			this.connection.disconnected(this.clientClosed);
		}
		else if (!this.disconnected) {
			this.disconnected = true;
			// On the heap, because no event would release a direct buffer.
			ByteBuf undecoded = Unpooled.copiedBuffer(this.tail);
			releaseBuffers();
			this.tail = undecoded;
			this.connection.resume();
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		if (!this.disconnected) {
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
			// Caused by port scanners, and by clients without a required certificate.
			log.debug("A connection broke: {} reason={}", this.connection, ClientText.printable(cause.getMessage()));
		}
		else {
			log.warn("A connection failed and is closed: {}", this.connection, cause);
			if (!this.connection.isEnding()) {
				this.connection.end(CloseReason.SERVER_ERROR);
				return;
			}
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
		if (this.disconnected) {
			out.release();
			return;
		}
		traffic().bytesSent(out.readableBytes());
		this.channel.writeAndFlush(out, this.channel.voidPromise());
	}

	@Override
	public void sendText(boolean text) {
		this.output.sendText(text);
	}

	@Override
	public InboundMessages receiveMessages() {
		this.messages = new InboundMessages();
		return this.messages;
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
		return this.disconnected || this.channel.isWritable();
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
		if (this.disconnected) {
			decodeTail();
			inputExhausted();
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
		if (this.disconnected) {
			inputExhausted();
			return;
		}
		if (this.closing != null) {
			return;
		}
		this.closing = new GracefulClose(this.channel, this.inputEnded || this.closeFrameReceived != null);
		if (this.output.isTlsPending()) {
			releaseBuffers();
			this.channel.close();
			return;
		}
		if (this.frames != null) {
			this.output.frame(WebSocketFrames.CLOSE, close.payload());
		}
		ByteBuf out = this.output.take();
		this.closing.begin((out != null) ? out : Unpooled.EMPTY_BUFFER);
	}

	@Override
	public void abort() {
		GracefulClose.abort(this.channel);
		if (this.disconnected) {
			releaseBuffers();
			inputExhausted();
		}
	}

	// Properties

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
