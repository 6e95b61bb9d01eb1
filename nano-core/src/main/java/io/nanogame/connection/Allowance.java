package io.nanogame.connection;

/**
 * What one connection may still send: a bucket of tokens, kept as the time at which it
 * will be full again. Loop.
 */
final class Allowance {

	private final RequestRate rate;

	/** In the past when the bucket is full. */
	private long fullAtNanos;

	Allowance(RequestRate rate, long fullAtNanos) {
		this.rate = rate;
		this.fullAtNanos = fullAtNanos;
	}

	long fullAtNanos() {
		return this.fullAtNanos;
	}

	/** Pays for a message. Returns false, and takes nothing, when it costs too much. */
	boolean covers(String route) {
		return covers(route, this.rate.nanoTime());
	}

	boolean covers(String route, long nowNanos) {
		long debt = Math.max(0, this.fullAtNanos - nowNanos) + this.rate.cost(route);
		if (debt > this.rate.burst()) {
			return false;
		}
		this.fullAtNanos = nowNanos + debt;
		return true;
	}

}
