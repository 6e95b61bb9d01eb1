package io.nanogame.connection;

/**
 * The rate limit of one connection: a token bucket, stored as the time at which it will
 * be full again. Confined to the loop.
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

	/** Returns whether the tokens suffice for a message, and uses them up if so. */
	boolean covers(String route) {
		return covers(route, this.rate.nanoTime());
	}

	/** Returns whether no token is left. */
	boolean isSpent() {
		return this.fullAtNanos - this.rate.nanoTime() > this.rate.burst() - this.rate.cost();
	}

	/** Uses up the tokens of a message, even if they do not suffice. */
	void charge(String route) {
		this.fullAtNanos = Math.max(this.fullAtNanos, this.rate.nanoTime()) + this.rate.cost(route);
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
