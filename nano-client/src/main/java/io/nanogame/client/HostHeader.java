package io.nanogame.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Writes the name of the host into the request for a WebSocket, when that is a name which
 * Netty cannot write because {@link java.net.URI} refuses it. The origin, which Netty
 * makes of the host, is left out: this client is no page. Event loop.
 */
final class HostHeader extends ChannelOutboundHandlerAdapter {

	static final String NAME = "nano.hostHeader";

	private final String host;

	/**
	 * A handler for one connection.
	 * @param host name and, unless it is the usual one, port
	 */
	HostHeader(String host) {
		this.host = host;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpRequest request) {
			request.headers().set(HttpHeaderNames.HOST, this.host).remove(HttpHeaderNames.ORIGIN);
		}
		context.write(message, promise);
	}

}
