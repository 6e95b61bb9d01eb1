package io.nanogame.spring.match;

/**
 * Receives what the matchmaker does, for meters. Must not block. Thread-safe.
 */
public interface MatchObserver {

	/** Ignores everything. */
	MatchObserver NONE = new MatchObserver() {
	};

	/**
	 * A ticket of this node waits. Called once or more for each ticket.
	 * @param queue the name of the queue
	 */
	default void waits(String queue) {
	}

	/**
	 * A ticket of this node was matched.
	 * @param queue the name of the queue
	 * @param waitedMillis how long it has waited
	 */
	default void matched(String queue, long waitedMillis) {
	}

	/**
	 * A ticket of this node has ended without a match.
	 * @param queue the name of the queue
	 * @param reason {@code timed-out}, or the reason that clients receive
	 */
	default void ended(String queue, String reason) {
	}

	/**
	 * This node has made a match.
	 * @param queue the name of the queue
	 */
	default void made(String queue) {
	}

}
