package io.nanogame.net;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.nanogame.connection.Protocol;
import io.nanogame.connection.TransportContext;
import io.nanogame.protocol.ClientText;
import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Netty channel that carries packets, bare or in WebSocket frames. It is the last
 * handler of its pipeline, and consumes all bytes. The replies to one read are written in
 * one buffer and one flush. An idle wire holds no buffer.
 */
final class NettyWire extends NettyInput {

	private static final Logger log = LoggerFactory.getLogger(NettyWire.class);

	/** The time for a client to read the reply to its close frame. */
	private static final int LINGER_SECONDS = 2;

	/** Whether the client has closed its half. It may still read. */
	private boolean inputEnded;

	/** Whether the end was reported to the connection, which may have another wire. */
	private boolean reported;

	NettyWire(TransportContext context, Protocol protocol, NettyLoop loop, Channel channel) {
		super(context, protocol, loop, channel);
	}

	/**
	 * Called when the TLS handshake has failed. TLS sends the alert and closes the
	 * channel.
	 */
	void tlsFailed(Throwable cause) {
		log.debug("A TLS handshake failed: {} reason={}", this.connection, ClientText.printable(cause.getMessage()));
		endWithoutFarewell(CloseReason.TLS_FAILED);
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
		if (closing() != null || isDisconnected()) {
			in.release();
			return;
		}
		WebSocketInput webSocket = webSocket();
		CloseReason problem = (webSocket != null) ? webSocket.unwrap(in) : null;
		receive(in);
		decodeMessages();
		if (problem != null) {
			this.connection.end(problem);
		}
		else if (webSocket != null && webSocket.closeReply() != null) {
			finish(webSocket.closeReply());
			// The sweep does not see this wire any more, and the client may not read.
			this.channel.eventLoop()
				.schedule(() -> GracefulClose.abort(this.channel), LINGER_SECONDS, TimeUnit.SECONDS);
			inputExhausted();
		}
	}

	@Override
	public void pause() {
		this.channel.config().setAutoRead(false);
	}

	@Override
	public void resume() {
		if (isDisconnected()) {
			decodeKept();
			inputExhausted();
			return;
		}
		if (!this.inputEnded) {
			this.channel.config().setAutoRead(true);
		}
		decodeKept();
		flush();
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
		GracefulClose closing = closing();
		if (closing != null) {
			closing.inputEnded();
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
		closed();
		inputExhausted();
		ctx.fireChannelInactive();
	}

	/**
	 * Ends the connection, as no more bytes will be received. Bytes received while the
	 * connection was paused are decoded first, as the session catches up.
	 */
	private void inputExhausted() {
		if (!hasUnread() || this.connection.isReplaced() || !this.connection.gate().isWaiting()) {
			releaseBuffers();
			reportEnd();
		}
		else if (!isDisconnected()) {
			keepDisconnected();
			this.connection.resume();
		}
	}

	private void reportEnd() {
		if (!this.reported) {
			this.reported = true;
			WebSocketInput webSocket = webSocket();
			this.connection.disconnected((webSocket != null) ? webSocket.closeReason() : CloseReason.CLIENT_CLOSED);
		}
	}

	@Override
	public boolean isClosedByClient() {
		WebSocketInput webSocket = webSocket();
		return webSocket != null && webSocket.isClosedNormally();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		if (!isDisconnected()) {
			releaseBuffers();
		}
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
			if (!this.connection.isEnding() && !this.connection.isReplaced()) {
				this.connection.end(CloseReason.SERVER_ERROR);
				return;
			}
		}
		ctx.close();
	}

	// Out. A wire that has disconnected sends nothing.

	@Override
	public void flush() {
		if (isDisconnected()) {
			this.output.release();
		}
		else {
			super.flush();
		}
	}

	@Override
	public boolean isWritable() {
		return isDisconnected() || super.isWritable();
	}

	@Override
	public void finish(CloseReason reason) {
		finish(CloseFrame.of(reason));
	}

	private void finish(CloseFrame close) {
		if (isDisconnected()) {
			inputExhausted();
		}
		else if (closing() == null) {
			WebSocketInput webSocket = webSocket();
			if (this.output.isTlsPending()) {
				releaseBuffers();
			}
			close(close, this.inputEnded || webSocket != null && webSocket.closeReply() != null);
		}
	}

	@Override
	public void abort() {
		super.abort();
		if (isDisconnected()) {
			releaseBuffers();
			inputExhausted();
		}
	}

}
