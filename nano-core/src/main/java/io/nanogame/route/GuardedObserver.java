package io.nanogame.route;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the failures of an observer from the messages it observes.
 *
 * @param observer may throw
 * @param route for the log
 */
record GuardedObserver(HandlerObserver observer, String route) implements HandlerObserver {

	private static final Logger log = LoggerFactory.getLogger(GuardedObserver.class);

	@Override
	public void waited(long nanos) {
		try {
			this.observer.waited(nanos);
		}
		catch (Throwable ex) {
			log.error("The observer of {} failed", this.route, ex);
		}
	}

	@Override
	public void handled(Outcome outcome, long nanos) {
		try {
			this.observer.handled(outcome, nanos);
		}
		catch (Throwable ex) {
			log.error("The observer of {} failed", this.route, ex);
		}
	}

}
