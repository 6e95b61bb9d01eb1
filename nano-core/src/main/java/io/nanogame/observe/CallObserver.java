package io.nanogame.observe;

/**
 * Receives the outcome of each call of one service that expects a result. Called on the
 * thread on which the call completes; must not block.
 */
@FunctionalInterface
public interface CallObserver {

	/**
	 * Called when a call has completed.
	 * @param outcome the outcome
	 * @param nanos nanoseconds from the call to its result
	 */
	void called(CallOutcome outcome, long nanos);

}
