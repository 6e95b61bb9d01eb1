package io.nanogame.benchmarks.server;

import java.util.concurrent.atomic.LongAdder;

import io.nanogame.boot.autoconfigure.NanoChannelCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Counts flushes if the property {@code benchmark.count-flushes} is set. While the client
 * keeps up, each flush is one system call.
 */
@Component
@ConditionalOnProperty("benchmark.count-flushes")
class FlushCounter implements NanoChannelCustomizer {

	private static final LongAdder flushes = new LongAdder();

	static long flushes() {
		return flushes.sum();
	}

	@Override
	public void accept(Channel channel) {
		channel.pipeline().addFirst(new Counting());
	}

	@Sharable
	private static final class Counting extends ChannelOutboundHandlerAdapter {

		@Override
		public void flush(ChannelHandlerContext ctx) {
			flushes.increment();
			ctx.flush();
		}

	}

}
