package io.nanogame.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Sets the {@code Host} header of a WebSocket upgrade request when Netty cannot, because
 * {@link java.net.URI} rejects the host name. Removes the {@code Origin} header, which
 * Netty derives from the host: this client is not a web page. Runs on the event loop.
 */
final class HostHeader extends ChannelOutboundHandlerAdapter {

	static final String NAME = "nano.hostHeader";

	private final String host;

	/**
	 * Creates a handler for one connection.
	 * @param host the host name, with the port unless it is the scheme's default
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
