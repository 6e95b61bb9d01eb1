package io.nanogame.spring.match;

/**
 * Why tickets end without a match, as clients receive it.
 */
final class EndReason {

	/** By {@link Matchmaker#cancel}. */
	static final String CANCELLED = "cancelled";

	/** The session of a member has ended, or has another uid. */
	static final String LEFT = "left";

	/** A member was matched in another queue. */
	static final String MATCHED = "matched";

	/** A member has a place in another room of the kind. */
	static final String IN_ROOM = "in-room";

	/** The room was lost before its players could enter. */
	static final String ROOM_LOST = "room-lost";

	/** Not sent: the push has another route. */
	static final String TIMED_OUT = "timed-out";

	/** Not sent: the game has received the failure of {@link Matchmaker#enqueue}. */
	static final String REFUSED = "refused";

	private EndReason() {
	}

}
