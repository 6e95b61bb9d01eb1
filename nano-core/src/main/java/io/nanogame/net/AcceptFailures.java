package io.nanogame.net;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.nanogame.limit.Limit;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes that the system gives no more connections, most often because the process has no
 * file descriptor left. Reactor Netty then waits for a second and says nothing. Stands in
 * the pipeline of a listening channel. Event loop.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {

	private static final Logger log = LoggerFactory.getLogger(AcceptFailures.class);

	/** Whoever is at the limit fails every second, and one line of that is enough. */
	private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

	private final Limit limit;

	private final LongSupplier nanoTime;

	private long loggedNanos;

	AcceptFailures(Limit limit, LongSupplier nanoTime) {
		this.limit = limit;
		this.nanoTime = nanoTime;
		this.loggedNanos = nanoTime.getAsLong() - QUIET_NANOS;
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.limit.exceeded();
		long now = this.nanoTime.getAsLong();
		if (now - this.loggedNanos >= QUIET_NANOS) {
			this.loggedNanos = now;
			log.warn("A client could not be let in: {}. It waits; raise the limit of open files (ulimit -n), "
					+ "or set nano.server.limits.max-connections below it", cause.getMessage());
		}
		ctx.fireExceptionCaught(cause);
	}

}
