package io.nanogame.observe;

import io.nanogame.session.Session;

/**
 * Receives the start and the end of each handling of one route's messages. Called on the
 * thread on which the handling starts or ends; must not block.
 */
@FunctionalInterface
public interface HandlerObserver {

	/**
	 * Called when a message no longer waits: its handler starts, or never will.
	 * @param session the session of the message
	 * @param nanos nanoseconds from the receipt of the message
	 */
	default void waited(Session session, long nanos) {
	}

	/**
	 * Called once for each message that has waited, when its outcome is known.
	 * @param session the session of the message
	 * @param outcome the outcome
	 * @param nanos nanoseconds from the start of the handler
	 */
	void handled(Session session, Outcome outcome, long nanos);

}
