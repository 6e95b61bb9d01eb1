package io.nanogame.client;

import java.time.Duration;

/** Checks limits. */
final class Limits {

	private Limits() {
	}

	/**
	 * Returns a time-out.
	 * @throws IllegalArgumentException if it is not above zero
	 */
	static Duration positive(String what, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException("%s must be above zero: %s".formatted(what, value));
		}
		return value;
	}

	/**
	 * Returns a number.
	 * @throws IllegalArgumentException if it is not above zero
	 */
	static int positive(String what, int value) {
		if (value <= 0) {
			throw new IllegalArgumentException("%s must be above zero: %d".formatted(what, value));
		}
		return value;
	}

}
