package io.nanogame.spring.push;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many requests there may be in a second, and as many at once: a bucket of tokens,
 * kept as the time at which it will be full again. Any thread.
 */
final class PushRate {

	private static final long SECOND = 1_000_000_000L;

	private final long nanosPerRequest;

	private final AtomicLong fullAtNanos = new AtomicLong(System.nanoTime());

	PushRate(int requestsPerSecond) {
		this.nanosPerRequest = (requestsPerSecond > 0) ? SECOND / requestsPerSecond : 0;
	}

	/** Returns 0 when there is room for a request, else the time until there is. */
	long nanosToWait(long nowNanos) {
		while (true) {
			long fullAt = this.fullAtNanos.get();
			long debt = Math.max(0, fullAt - nowNanos) + this.nanosPerRequest;
			if (debt > SECOND) {
				return debt - SECOND;
			}
			if (this.fullAtNanos.compareAndSet(fullAt, nowNanos + debt)) {
				return 0;
			}
		}
	}

}
