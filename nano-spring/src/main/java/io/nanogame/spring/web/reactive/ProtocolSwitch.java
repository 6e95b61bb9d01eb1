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
 * Lets Reactor Netty end an HTTP exchange with the answer 101, and takes the channel from
 * it the moment the answer is written, before the client can say another word. So nothing
 * of the exchange remains, and everybody who watches exchanges sees this one end. Stands
 * where the handler stood that keeps HTTP connections alive. Event loop.
 *
 * <pre>
 * TLS, metrics ... | HttpServerCodec ... ProtocolSwitch ... ReactiveBridge
 * what stays       | what goes; the game's wire comes instead
 * </pre>
 */
final class ProtocolSwitch extends ChannelOutboundHandlerAdapter {

	/** Counts the connection until it closes, and lets bytes pass. */
	private static final String STAYS = NettyPipeline.HttpMetricsHandler;

	private final Consumer<Channel> successor;

	private boolean refused;

	private ProtocolSwitch(Consumer<Channel> successor) {
		this.successor = successor;
	}

	/**
	 * Prepares the switch. To be called when a request was received to its end, and
	 * before it is answered; any other answer than 101 is the connection's last.
	 * @param channel a channel of Reactor Netty, in the middle of HTTP/1.1
	 * @param successor takes over the channel: adds itself at the end of the pipeline,
	 * and then gets all bytes that the client sent behind its request
	 */
	static void prepare(Channel channel, Consumer<Channel> successor) {
		channel.pipeline().replace(NettyPipeline.HttpTrafficHandler, "nano.switch", new ProtocolSwitch(successor));
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response) {
			if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
				// RFC 9110, section 8.6: none in an answer of 1xx.
				response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
				ctx.write(message, promise.unvoid()).addListener((ChannelFutureListener) this::written);
				return;
			}
			this.refused = true;
		}
		if (this.refused && message instanceof LastHttpContent) {
			ctx.write(message, promise.unvoid()).addListener(ChannelFutureListener.CLOSE);
			return;
		}
		ctx.write(message, promise);
	}

	private void written(ChannelFuture answer) {
		Channel channel = answer.channel();
		if (!answer.isSuccess()) {
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
