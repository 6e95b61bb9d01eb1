package io.nanogame.service;

import java.time.Duration;

/**
 * A service with a clock of its own: who implements a service may implement this as well.
 */
public interface Ticking {

	/**
	 * From the start of one tick to that of the next. Asked once, when it is offered.
	 * @return above zero
	 */
	Duration interval();

	/**
	 * Called on the service's lane as long as it is offered, first after one interval. A
	 * tick that is due while the one before it still waits or runs is left out, so a game
	 * that reckons with a fixed step needs {@link #tick(Duration)}.
	 */
	default void tick() {
	}

	/**
	 * The same, with the time that has passed: one of the two is implemented.
	 * @param elapsed from the start of the tick before this one to that of this one; the
	 * first time, since it was offered. More than the interval when this tick is late, or
	 * others were left out
	 */
	default void tick(Duration elapsed) {
		tick();
	}

}
