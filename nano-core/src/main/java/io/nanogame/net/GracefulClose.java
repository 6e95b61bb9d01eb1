package io.nanogame.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * Closes a channel from this side: sends the last bytes, then over TLS a close_notify,
 * and shuts down the output. Further input is read and dropped until the client has
 * closed its half, because closing a socket with unread bytes resets the connection, and
 * the client might never receive the last bytes. The connection limits how long that may
 * take. Confined to the event loop.
 */
final class GracefulClose {

	private final Channel channel;

	/** Whether the client has closed its half. */
	private boolean inputEnded;

	/** Whether all output was sent. */
	private boolean outputEnded;

	GracefulClose(Channel channel, boolean inputEnded) {
		this.channel = channel;
		this.inputEnded = inputEnded;
	}

	void begin(ByteBuf lastBytes) {
		this.channel.writeAndFlush(lastBytes).addListener((ChannelFutureListener) this::written);
		this.channel.config().setAutoRead(true);
	}

	private void written(ChannelFuture lastBytes) {
		SslHandler tls = this.channel.pipeline().get(SslHandler.class);
		if (tls != null && lastBytes.isSuccess()) {
			tls.closeOutbound().addListener((sent) -> endOutput());
		}
		else {
			endOutput();
		}
	}

	private void endOutput() {
		this.outputEnded = true;
		if (this.inputEnded || !(this.channel instanceof DuplexChannel duplex)) {
			this.channel.close();
		}
		else {
			duplex.shutdownOutput();
		}
	}

	void inputEnded() {
		this.inputEnded = true;
		if (this.outputEnded) {
			this.channel.close();
		}
	}

	/**
	 * Closes the socket immediately. TLS would first try to send a close_notify, which
	 * takes seconds if the client does not read.
	 */
	static void abort(Channel channel) {
		ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
		if (tls != null) {
			tls.close();
		}
		else {
			channel.close();
		}
	}

}
