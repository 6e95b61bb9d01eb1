package io.nanogame.observe;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the failures of an observer from the calls, and from the next observer.
 *
 * @param guard logs the failures
 * @param observer may throw
 * @param next never throws; null for the last one
 */
record GuardedCallObserver(Guard guard, CallObserver observer, @Nullable CallObserver next) implements CallObserver {

	@Override
	public void called(CallOutcome outcome, long nanos) {
		try {
			this.observer.called(outcome, nanos);
		}
		catch (Throwable ex) {
			this.guard.failed(ex);
		}
		if (this.next != null) {
			this.next.called(outcome, nanos);
		}
	}

}
