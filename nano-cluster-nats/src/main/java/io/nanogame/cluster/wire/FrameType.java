package io.nanogame.cluster.wire;

import org.jspecify.annotations.Nullable;

/**
 * The type of a frame. Codes are sent between nodes of different versions, so they are
 * never reused.
 */
enum FrameType {

	/** To a backend: the description of a session whose messages will follow. */
	SEAT(1),

	/** To a backend: a message of a session. */
	MESSAGE(2),

	/** To a gateway: the reply to a request. */
	ANSWER(3),

	/** To a gateway: a push for a session. */
	PUSH(4),

	/** To a gateway: a push for several sessions. */
	MULTICAST(5),

	/** To a gateway: a message has been handled. */
	DONE(6),

	/** To a gateway: the session of a message is unknown. */
	UNSEATED(7),

	/** Both ways: an attribute was set or removed. */
	ATTRIBUTE(8),

	/** Both ways: the session belongs to a uid. */
	BOUND(9),

	/** To a backend: the session was closed. To a gateway: close it. */
	CLOSE(10),

	/** To a gateway: the session joins a group, or leaves it. */
	MEMBER(11),

	/** To gateways with members: a push for all of them. */
	GROUP_PUSH(12),

	/** To nodes that use a group: a session of the sender is a member, with this uid. */
	JOINED(13),

	/** To nodes that use a group: a session of the sender is no longer a member. */
	LEFT(14),

	/** To gateways with members of a group: queries the members. */
	WHO(15),

	/** The sender's members of a group, all of them. */
	MEMBERS(16),

	/** A group is closed, for all nodes. */
	GROUP_CLOSED(17),

	/** A group expires, unless it is renewed in time. */
	GROUP_EXPIRES(18),

	/** The period of a group that expires restarts. */
	GROUP_RENEWED(19),

	/** To the gateways of a player: a push. */
	USER_PUSH(20),

	/** To the gateways of a player: close the sessions. */
	USER_KICK(21),

	/** To the gateways of a player: queries the sessions. */
	USER_WHERE(22),

	/** The reply to that query: the sessions. */
	USER_HERE(23),

	/** To the gateways of a player: it has logged in. */
	CLAIM(24),

	/**
	 * To a backend: the sender was disconnected, or considered it dead; queries the known
	 * sessions.
	 */
	BACK(25),

	/** Both ways: queries whether a session still exists. */
	ROLL_CALL(26),

	/** Both ways: the login of a session. */
	PRINCIPAL(27),

	/**
	 * To a gateway: the session's messages to a component are routed to this node from
	 * now on.
	 */
	BIND(28),

	/** To all gateways: a push for an audience. */
	PUSH_TO(29),

	/** The reply to such a push: whether there were recipients. */
	TAKEN(30),

	/** To a backend: queries whether a message and all before it are handled. */
	ASK_DONE(31),

	/** A session was unbound from its uid. */
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
