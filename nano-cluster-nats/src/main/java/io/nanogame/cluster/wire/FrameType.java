package io.nanogame.cluster.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a frame says. The codes travel, so they are never used again for something else.
 */
enum FrameType {

	/** To a backend: this is a session you will hear of. */
	SEAT(1),

	/** To a backend: a message of a session. */
	MESSAGE(2),

	/** To a gateway: the answer to a request. */
	ANSWER(3),

	/** To a gateway: a push for a session. */
	PUSH(4),

	/** To a gateway: a push for several sessions. */
	MULTICAST(5),

	/** To a gateway: a message has been handled. */
	DONE(6),

	/** To a gateway: the session of a message is not known here. */
	UNSEATED(7),

	/** Both ways: an attribute was set or removed. */
	ATTRIBUTE(8),

	/** Both ways: the session belongs to a uid. */
	BOUND(9),

	/** To a backend: the session was closed. To a gateway: close it. */
	CLOSE(10),

	/** To a gateway: the session comes to a group, or leaves it. */
	MEMBER(11),

	/** To gateways with members: a push for all of them. */
	GROUP_PUSH(12),

	/** To those who use a group: a session of the sender is a member, with this uid. */
	JOINED(13),

	/** To those who use a group: a session of the sender is no member any more. */
	LEFT(14),

	/** To those who have members of a group: who are they? */
	WHO(15),

	/** The sender's members of a group, all of them. */
	MEMBERS(16),

	/** A group is closed, for all nodes. */
	GROUP_CLOSED(17),

	/** A group closes by itself, unless this is said again in time. */
	GROUP_EXPIRES(18),

	/** The time of a group that closes by itself begins again. */
	GROUP_RENEWED(19),

	/** To the nodes that hold a player: a push. */
	USER_PUSH(20),

	/** To the nodes that hold a player: close the sessions. */
	USER_KICK(21),

	/** To the nodes that hold a player: which sessions? */
	USER_WHERE(22),

	/** To who asked: these sessions. */
	USER_HERE(23),

	/** To the nodes that hold a player: it has logged in. */
	CLAIM(24),

	/**
	 * To a backend: the sender was away, or did not see it; which of its sessions are
	 * here?
	 */
	BACK(25),

	/** Both ways: is this session still there? */
	ROLL_CALL(26),

	/** Both ways: who is logged in. */
	PRINCIPAL(27),

	/**
	 * To a gateway: the session's messages to a component go to this node from now on.
	 */
	BIND(28),

	/** To all gateways: a push for those of your sessions that it concerns. */
	PUSH_TO(29),

	/** To who asked for a push: done, with or without sessions it concerned. */
	TAKEN(30),

	/** To a backend: say again when a message and all before it are handled. */
	ASK_DONE(31),

	/** A session has its uid no more. */
	UNBOUND(32);

	private static final FrameType[] BY_CODE = new FrameType[values().length + 1];

	static {
		for (FrameType type : values()) {
			BY_CODE[type.code] = type;
		}
	}

	private final int code;

	FrameType(int code) {
		this.code = code;
	}

	int code() {
		return this.code;
	}

	/** Null for a type of a later version. */
	static @Nullable FrameType of(int code) {
		return (code > 0 && code < BY_CODE.length) ? BY_CODE[code] : null;
	}

}
