package io.nanogame.service;

/**
 * Sees each call of a service end that waits for an answer; made once a service. Called
 * on the thread the call ended on; must not block.
 */
@FunctionalInterface
public interface CallObserver {

	/**
	 * A call has ended.
	 * @param outcome how
	 * @param nanos from the call to the answer
	 */
	void called(CallOutcome outcome, long nanos);

	/**
	 * Makes observers.
	 */
	@FunctionalInterface
	interface Factory {

		/** Nobody looks. */
		Factory NONE = (service) -> (outcome, nanos) -> {
		};

		/**
		 * Makes the observer of a service.
		 * @param service its name
		 * @return its observer
		 */
		CallObserver create(String service);

	}

}
