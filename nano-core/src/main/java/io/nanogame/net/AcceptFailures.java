package io.nanogame.net;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.nanogame.limit.Limit;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs connections that the system cannot accept, most often because the
 * process has no file descriptors left. Reactor Netty then waits for a second and logs
 * nothing. A handler of the listening channel. Confined to the event loop.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {

	private static final Logger log = LoggerFactory.getLogger(AcceptFailures.class);

	/** At the limit, accepting fails every second; one line a minute is enough. */
	private static final long LOG_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

	private final Limit limit;

	private final LongSupplier nanoTime;

	private long loggedNanos;

	AcceptFailures(Limit limit, LongSupplier nanoTime) {
		this.limit = limit;
		this.nanoTime = nanoTime;
		this.loggedNanos = nanoTime.getAsLong() - LOG_INTERVAL_NANOS;
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.limit.exceeded();
		long now = this.nanoTime.getAsLong();
		if (now - this.loggedNanos >= LOG_INTERVAL_NANOS) {
			this.loggedNanos = now;
			log.warn(
					"A connection could not be accepted: {}. The client waits; raise the limit of open files (ulimit -n), "
							+ "or set nano.server.limits.max-connections below it",
					cause.getMessage());
		}
		ctx.fireExceptionCaught(cause);
	}

}
