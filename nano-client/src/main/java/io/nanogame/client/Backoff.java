package io.nanogame.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The delay before the next attempt to connect. It is a random time up to a limit, and
 * the limit doubles with each failed attempt, so that clients that lost their server
 * together do not reconnect at the same moment.
 *
 * @param first the limit for the first attempt
 * @param max the highest limit
 */
public record Backoff(Duration first, Duration max) {

	/**
	 * Checks that both limits are positive and in order.
	 */
	public Backoff {
		if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
			throw new IllegalArgumentException(
					"The first delay must be positive and must not exceed the maximum: %s, %s".formatted(first, max));
		}
	}

	/**
	 * Returns a random delay for an attempt.
	 * @param attempt the number of failed attempts in a row, 0 or more
	 * @return between zero and the limit of this attempt
	 */
	Duration delay(int attempt) {
		double limit = Math.min(this.max.toNanos(), this.first.toNanos() * Math.pow(2, attempt));
		return Duration.ofNanos(ThreadLocalRandom.current().nextLong(1 + (long) limit));
	}

}
