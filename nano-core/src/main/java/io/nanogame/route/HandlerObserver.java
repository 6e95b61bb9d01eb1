package io.nanogame.route;

/**
 * Sees each handling of one route's messages begin and end; made once a route, at
 * startup. Called on the thread the handling begins or ends on; must not block.
 */
@FunctionalInterface
public interface HandlerObserver {

	/**
	 * A message no longer waits: its handler begins, or never will.
	 * @param nanos from when the message was received to now
	 */
	default void waited(long nanos) {
	}

	/**
	 * A message was handled.
	 * @param outcome how it ended
	 * @param nanos from the start of the handler to its end
	 */
	void handled(Outcome outcome, long nanos);

	/**
	 * The same observer, whose failures are logged and harm no message.
	 * @param observer any observer
	 * @param route the name of its route
	 * @return one that never throws
	 */
	static HandlerObserver guarded(HandlerObserver observer, String route) {
		return new GuardedObserver(observer, route);
	}

	/**
	 * Makes observers.
	 */
	@FunctionalInterface
	interface Factory {

		/**
		 * Makes the observer of a route.
		 * @param route the name of the route
		 * @return its observer
		 */
		HandlerObserver create(String route);

	}

}
