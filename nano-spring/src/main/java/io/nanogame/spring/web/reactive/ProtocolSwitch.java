package io.nanogame.spring.web.reactive;

import java.util.Map;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

/**
 * Lets Reactor Netty finish an HTTP exchange with the answer 101, and only then takes the
 * channel from it: no request, response or subscription of its remains, and everybody who
 * watches exchanges sees this one end. It stands where the handler stood that keeps HTTP
 * connections alive. Event loop.
 *
 * <pre>
 * TLS, metrics ... | HttpServerCodec | compression | ProtocolSwitch | ... | ReactiveBridge
 * what stays       | what goes                                     ->     | the game's wire
 * </pre>
 */
final class ProtocolSwitch extends ChannelOutboundHandlerAdapter {

	/** Counts the connection until it closes, and lets bytes pass. */
	private static final String STAYS = NettyPipeline.HttpMetricsHandler;

	private final Consumer<Channel> successor;

	private boolean answered;

	private ProtocolSwitch(Consumer<Channel> successor) {
		this.successor = successor;
	}

	/**
	 * Prepares the switch. To be called when the request was received to its end and
	 * before it is answered.
	 * @param exchange the request and response
	 * @param successor takes over the channel: adds itself at the end of the pipeline,
	 * and then gets all bytes that the client sent behind its request
	 */
	static void prepare(Connection exchange, Consumer<Channel> successor) {
		Channel channel = exchange.channel();
		ProtocolSwitch handler = new ProtocolSwitch(successor);
		channel.pipeline().replace(NettyPipeline.HttpTrafficHandler, "nano.switch", handler);
		exchange.onTerminate().subscribe(null, (ex) -> channel.close(), () -> handler.exchangeEnded(channel));
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response
				&& response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
			// RFC 9110, section 8.6: none in an answer of 1xx.
			response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
			this.answered = true;
		}
		ctx.write(message, promise);
	}

	private void exchangeEnded(Channel channel) {
		if (!this.answered || !channel.isActive()) {
			channel.close();
			return;
		}
		ChannelPipeline pipeline = channel.pipeline();
		HttpServerCodec codec = pipeline.get(HttpServerCodec.class);
		removeBehind(codec, pipeline);
		this.successor.accept(channel);
		// What it has read and not decoded goes on to the successor.
		pipeline.remove(codec);
	}

	private static void removeBehind(ChannelHandler codec, ChannelPipeline pipeline) {
		boolean behind = false;
		for (Map.Entry<String, ChannelHandler> entry : pipeline.toMap().entrySet()) {
			if (behind && !entry.getKey().equals(STAYS)) {
				pipeline.remove(entry.getValue());
			}
			behind |= (entry.getValue() == codec);
		}
	}

}
