package io.nanogame.client;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;

/**
 * Ends the output of a connection and waits for the server to close the connection.
 * Closing at once, with received bytes unread, would reset the connection, and the last
 * messages might never arrive. A server that does not read is cut off after a time-out.
 * Runs on the event loop.
 */
final class GracefulClose {

	private static final int TIMEOUT_SECONDS = 2;

	private GracefulClose() {
	}

	/**
	 * Closes a WebSocket.
	 * @param endsSession whether the server would keep the session otherwise
	 */
	static void webSocket(Channel channel, boolean endsSession) {
		startTimeout(channel);
		channel.writeAndFlush(
				endsSession ? new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE) : new CloseWebSocketFrame());
	}

	/** Closes a bare socket, after all output. */
	static void socket(Channel channel) {
		startTimeout(channel);
		channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((flushed) -> halfClose(channel));
	}

	private static void startTimeout(Channel channel) {
		Future<?> timeout = channel.eventLoop().schedule(() -> channel.close(), TIMEOUT_SECONDS, TimeUnit.SECONDS);
		channel.closeFuture().addListener((closed) -> timeout.cancel(false));
	}

	private static void halfClose(Channel channel) {
		SslHandler tls = channel.pipeline().get(SslHandler.class);
		if (tls != null) {
			tls.closeOutbound();
		}
		else if (channel instanceof DuplexChannel socket) {
			socket.shutdownOutput();
		}
		else {
			channel.close();
		}
	}

}
