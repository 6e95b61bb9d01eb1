package io.nanogame.route;

/**
 * Sees each handling of one route's messages end; made once a route, at startup. Called
 * on the thread the handling ended on; must not block.
 */
@FunctionalInterface
public interface HandlerObserver {

	/**
	 * A message was handled.
	 * @param outcome how it ended
	 * @param nanos from the start of the handler to its end
	 */
	void handled(Outcome outcome, long nanos);

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
