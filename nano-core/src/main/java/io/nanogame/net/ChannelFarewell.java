package io.nanogame.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * The end of a channel from this side: the last bytes leave, over TLS a close_notify
 * behind them, and the server's half of the socket ends. What still comes is read and
 * dropped until the client has ended its half as well, because closing with bytes unread
 * would reset the connection, and the client might never see the last bytes. How long
 * that may take is the connection's to decide. Event loop.
 */
final class ChannelFarewell {

	private final Channel channel;

	/** The client sends nothing more. */
	private boolean inputEnded;

	/** The client has been sent everything. */
	private boolean outputEnded;

	ChannelFarewell(Channel channel, boolean inputEnded) {
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
	 * Closes the socket at once. TLS would first try to send a close_notify, for seconds
	 * to a client that does not read.
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
