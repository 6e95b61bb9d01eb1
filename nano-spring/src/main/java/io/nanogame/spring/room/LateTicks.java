package io.nanogame.spring.room;

/**
 * What happens with ticks that could not start in time.
 */
public enum LateTicks {

	/** They are skipped. The next tick receives the whole elapsed time. */
	SKIP,

	/**
	 * The next turn has a tick for each interval that has elapsed, at most five, each of
	 * which receives the interval. For simulations with a fixed step.
	 */
	CATCH_UP

}
