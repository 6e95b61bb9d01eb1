package io.nanogame.cluster.handover;

import java.time.Duration;

/**
 * Spreads clients evenly over a time, so that they do not reach the other gateways all at
 * once.
 *
 * @param beganNanos when the first wave is due
 * @param over the time until all are due
 */
record Waves(long beganNanos, Duration over) {

	/** The time between two waves. */
	static final Duration INTERVAL = Duration.ofMillis(250);

	/** The least number of clients of a wave: that many are no burden. */
	static final int LEAST = 50;

	/** Returns how many of all clients are due, those of earlier waves included. */
	int due(int total, long nowNanos) {
		long elapsed = Math.max(0, nowNanos - this.beganNanos);
		if (elapsed >= this.over.toNanos()) {
			return total;
		}
		long least = (elapsed / INTERVAL.toNanos() + 1) * LEAST;
		long share = (long) Math.ceil(total * ((double) elapsed / this.over.toNanos()));
		return (int) Math.min(total, Math.max(least, share));
	}

}
