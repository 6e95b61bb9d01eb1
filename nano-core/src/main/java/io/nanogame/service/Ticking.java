package io.nanogame.service;

import java.time.Duration;

/**
 * A service that is called periodically. An implementation of a service may implement
 * this interface, too.
 */
public interface Ticking {

	/**
	 * Returns the interval from the start of one tick to the start of the next. Called
	 * once, when the service is offered.
	 * @return a positive duration
	 */
	Duration interval();

	/**
	 * Called periodically on the service's lane as long as it is offered, first after one
	 * interval. A tick that is due while the previous one is still queued or running is
	 * skipped, so a game that simulates time needs {@link #tick(Duration)}.
	 */
	default void tick() {
	}

	/**
	 * Called periodically like {@link #tick()}, with the elapsed time. Implement one of
	 * the two methods.
	 * @param elapsed from the start of the previous tick to the start of this one; the
	 * first time, since the service was offered. Longer than the interval when this tick
	 * is late or others were skipped
	 */
	default void tick(Duration elapsed) {
		tick();
	}

}
