package io.nanogame.group;

import org.jspecify.annotations.Nullable;

/**
 * Hears of those who come to a group and leave it, on whichever node they are. Called on
 * the executor it was added with, in the order of what happened. An exception is logged.
 */
public interface GroupListener {

	/**
	 * A session has become a member.
	 * @param group the group
	 * @param member who came
	 */
	default void joined(Group group, Member member) {
	}

	/**
	 * A member has gone: it left, its session was closed, or the group was.
	 * @param group the group
	 * @param member who went
	 */
	default void left(Group group, Member member) {
	}

	/**
	 * A member, as far as every node knows it.
	 *
	 * @param sessionId the id of its session
	 * @param uid what its session was bound to when it came, or null
	 */
	record Member(long sessionId, @Nullable String uid) {
	}

}
