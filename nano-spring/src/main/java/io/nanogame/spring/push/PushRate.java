package io.nanogame.spring.push;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A limit on the rate of requests: a token bucket with a burst of one second, stored as
 * the time at which it will be full again. Any thread.
 */
final class PushRate {

	private static final long SECOND = 1_000_000_000L;

	private final long nanosPerRequest;

	private final AtomicLong fullAtNanos = new AtomicLong(System.nanoTime());

	PushRate(int requestsPerSecond) {
		this.nanosPerRequest = (requestsPerSecond > 0) ? SECOND / requestsPerSecond : 0;
	}

	/** Takes a token. Returns 0, or the time until one is available. */
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
