package io.nanogame.observe;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the failures of an observer from the handlers, and from the next observer.
 *
 * @param guard logs the failures
 * @param observer may throw
 * @param next never throws; null for the last one
 */
record GuardedHandlerObserver(Guard guard, HandlerObserver observer,
		@Nullable HandlerObserver next) implements HandlerObserver {

	@Override
	public void waited(Session session, long nanos) {
		try {
			this.observer.waited(session, nanos);
		}
		catch (Throwable ex) {
			this.guard.failed(ex);
		}
		if (this.next != null) {
			this.next.waited(session, nanos);
		}
	}

	@Override
	public void handled(Session session, Outcome outcome, long nanos) {
		try {
			this.observer.handled(session, outcome, nanos);
		}
		catch (Throwable ex) {
			this.guard.failed(ex);
		}
		if (this.next != null) {
			this.next.handled(session, outcome, nanos);
		}
	}

}
