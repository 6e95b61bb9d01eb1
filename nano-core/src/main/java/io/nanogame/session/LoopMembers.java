package io.nanogame.session;

/**
 * The members of one group that one loop carries, and that have the same payloads. Any
 * thread may call, nothing blocks, and each call costs the same however many members
 * there are. Calls keep their place in the order of what the calling thread sends: a
 * member that was added before a broadcast gets it, a member that was removed before does
 * not.
 */
public interface LoopMembers {

	/**
	 * Adds a member.
	 * @param session a session of the loop that is not among the members
	 * @return removes it again, to be run once
	 */
	Runnable add(Session session);

	/**
	 * Sends a message to all members.
	 * @param message a push, written with the payloads of the members; encoded once
	 */
	void broadcast(OutboundMessage message);

}
