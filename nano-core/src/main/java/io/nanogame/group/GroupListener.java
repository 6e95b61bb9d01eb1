package io.nanogame.group;

import org.jspecify.annotations.Nullable;

/**
 * Receives events of members that join or leave a group, on any node. Called on the
 * executor it was added with, in the order of the events. Exceptions are logged.
 */
public interface GroupListener {

	/**
	 * Called when a session has joined.
	 * @param group the group
	 * @param member the new member
	 */
	default void joined(Group group, Member member) {
	}

	/**
	 * Called when a member has left, its session was closed, or the group was closed.
	 * @param group the group
	 * @param member the former member
	 */
	default void left(Group group, Member member) {
	}

	/**
	 * A member, with the properties known on every node.
	 *
	 * @param sessionId the id of its session
	 * @param uid the uid that its session was bound to when it joined, or null
	 */
	record Member(long sessionId, @Nullable String uid) {
	}

}
