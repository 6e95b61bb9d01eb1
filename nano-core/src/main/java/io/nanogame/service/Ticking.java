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
	 * tick that is due while the one before it still waits is left out.
	 */
	void tick();

}
