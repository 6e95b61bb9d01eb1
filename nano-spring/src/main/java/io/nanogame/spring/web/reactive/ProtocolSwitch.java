package io.nanogame.spring.web.reactive;

import java.util.Map;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import reactor.netty.NettyPipeline;

/**
 * Completes an HTTP exchange of Reactor Netty with the response 101, and takes over the
 * channel as soon as the response is written, before the client can send anything else.
 * No state of the exchange remains, and its observers see it complete. Replaces the
 * handler for HTTP keep-alive. Event loop.
 *
 * <pre>
 * TLS, metrics ... | HttpServerCodec ... ProtocolSwitch ... ReactiveBridge
 * remains       | removed; replaced by the game's wire
 * </pre>
 */
final class ProtocolSwitch extends ChannelOutboundHandlerAdapter {

	/** Counts the connection until it closes, and passes bytes through. */
	private static final String REMAINING = NettyPipeline.HttpMetricsHandler;

	private final Consumer<Channel> successor;

	private boolean rejected;

	private ProtocolSwitch(Consumer<Channel> successor) {
		this.successor = successor;
	}

	/**
	 * Prepares the switch. Must be called when a request has been received completely,
	 * before the response is written. The connection is closed after any response other
	 * than 101.
	 * @param channel a channel of Reactor Netty, in the middle of HTTP/1.1
	 * @param successor takes over the channel: adds itself at the end of the pipeline,
	 * and then receives all bytes that the client has sent after its request
	 */
	static void prepare(Channel channel, Consumer<Channel> successor) {
		channel.pipeline().replace(NettyPipeline.HttpTrafficHandler, "nano.switch", new ProtocolSwitch(successor));
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response) {
			if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
				// RFC 9110, section 8.6: not allowed in a 1xx response.
				response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
				ctx.write(message, promise.unvoid()).addListener((ChannelFutureListener) this::written);
				return;
			}
			this.rejected = true;
		}
		if (this.rejected && message instanceof LastHttpContent) {
			ctx.write(message, promise.unvoid()).addListener(ChannelFutureListener.CLOSE);
			return;
		}
		ctx.write(message, promise);
	}

	private void written(ChannelFuture response) {
		Channel channel = response.channel();
		if (!response.isSuccess()) {
			channel.close();
			return;
		}
		ChannelPipeline pipeline = channel.pipeline();
		HttpServerCodec codec = pipeline.get(HttpServerCodec.class);
		removeBehind(codec, pipeline);
		this.successor.accept(channel);
		// Passes the bytes that it has read but not decoded to the successor.
		pipeline.remove(codec);
	}

	private static void removeBehind(ChannelHandler codec, ChannelPipeline pipeline) {
		boolean behind = false;
		for (Map.Entry<String, ChannelHandler> entry : pipeline.toMap().entrySet()) {
			if (behind && !entry.getKey().equals(REMAINING)) {
				pipeline.remove(entry.getValue());
			}
			behind |= (entry.getValue() == codec);
		}
	}

}
