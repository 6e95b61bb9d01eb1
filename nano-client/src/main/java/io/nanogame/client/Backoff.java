package io.nanogame.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt to connect: a random time up to a limit that
 * doubles with each attempt in a row, so that clients who lost their server together do
 * not come back together.
 *
 * @param first the limit of the first attempt
 * @param most the highest limit
 */
public record Backoff(Duration first, Duration most) {

	/**
	 * Checks.
	 */
	public Backoff {
		if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
			throw new IllegalArgumentException(
					"A backoff needs a first delay above zero, and one at most that is not below: %s, %s"
						.formatted(first, most));
		}
	}

	/**
	 * The delay before an attempt.
	 * @param attempt how many failed in a row, 0 or more
	 * @return random
	 */
	Duration delay(int attempt) {
		double limit = Math.min(this.most.toNanos(), this.first.toNanos() * Math.pow(2, attempt));
		return Duration.ofNanos(ThreadLocalRandom.current().nextLong(1 + (long) limit));
	}

}
