package io.nanogame.spring.room;

import java.time.Duration;

/**
 * How many ticks a turn of a room has, if its ticks are repeated that could not start in
 * time. Confined to one thread.
 */
final class TickSteps {

	/** The maximum number of ticks in one turn. */
	private static final int MAX = 5;

	private final Duration interval;

	/** The elapsed time that had no tick yet; negative after a turn that was early. */
	private Duration owed = Duration.ZERO;

	TickSteps(Duration interval) {
		this.interval = interval;
	}

	/**
	 * Returns the number of ticks of the next turn.
	 * @param elapsed the time since the last turn
	 * @return at least 1. If more than the maximum would be due, the others are skipped
	 */
	long next(Duration elapsed) {
		this.owed = this.owed.plus(elapsed);
		long ticks = Math.max(1, Math.min(MAX, this.owed.dividedBy(this.interval)));
		this.owed = this.owed.minus(this.interval.multipliedBy(ticks));
		if (this.owed.compareTo(this.interval) >= 0) {
			this.owed = Duration.ZERO;
		}
		return ticks;
	}

}
