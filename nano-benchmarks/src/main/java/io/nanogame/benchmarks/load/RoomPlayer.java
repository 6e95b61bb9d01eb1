package io.nanogame.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * A player on a WebSocket that joins a room and counts the states that it receives. Does
 * not read them. Confined to the event loop.
 */
abstract class RoomPlayer extends SimpleChannelInboundHandler<WebSocketFrame> {

	private @Nullable ChannelHandlerContext context;

	/** Received states. */
	long states;

	boolean joined;

	/** Why the measurement is invalid, or null. */
	@Nullable String fault;

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
			this.context = ctx;
			opened();
		}
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
		received(frame.content());
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.fault = "the server closed a connection";
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.fault = cause.toString();
	}

	void send(ByteBuf bytes) {
		ChannelHandlerContext to = this.context;
		if (to != null) {
			to.writeAndFlush(new BinaryWebSocketFrame(bytes), to.voidPromise());
		}
	}

	/** The WebSocket is open. */
	abstract void opened();

	/** Reads a frame. */
	abstract void received(ByteBuf in);

	/** Sends an input. */
	abstract void move(int dx, int dy);

}
