package io.nanogame.service;

/**
 * Receives the outcome of each call of a service that expects a result. Created once for
 * each service. Called on the thread on which the call completes; must not block.
 */
@FunctionalInterface
public interface CallObserver {

	/**
	 * Called when a call has completed.
	 * @param outcome the outcome
	 * @param nanos nanoseconds from the call to its result
	 */
	void called(CallOutcome outcome, long nanos);

	/**
	 * Creates observers.
	 */
	@FunctionalInterface
	interface Factory {

		/** Creates observers that ignore calls. */
		Factory NONE = (service) -> (outcome, nanos) -> {
		};

		/**
		 * Creates the observer of a service.
		 * @param service its name
		 * @return its observer
		 */
		CallObserver create(String service);

	}

}
