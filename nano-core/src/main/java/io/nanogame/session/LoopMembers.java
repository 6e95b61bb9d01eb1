package io.nanogame.session;

/**
 * The members of one group on one loop that have the same payloads. Thread-safe; no
 * method blocks, and the cost of a call does not depend on the number of members. Calls
 * are in order with the messages of the calling thread: a member that was added before a
 * broadcast receives it, a member that was removed before does not.
 */
public interface LoopMembers {

	/**
	 * Adds a member.
	 * @param session a session of the loop that is not a member
	 * @return removes the member; must be run once
	 */
	Runnable add(Session session);

	/**
	 * Sends a message to all members.
	 * @param message a push, written with the payloads of the members; encoded once
	 */
	void broadcast(OutboundMessage message);

	/**
	 * Sends a push of a merged route to all members. By default it is sent immediately,
	 * with its one item.
	 * @param push a push, written with the payloads of the members
	 * @param route its route
	 */
	default void merge(OutboundMessage push, MergedRoute route) {
		broadcast(push);
	}

	/** Sends the pushes that wait for the end of their merge window. */
	default void flush() {
		// By default no push waits.
	}

}
