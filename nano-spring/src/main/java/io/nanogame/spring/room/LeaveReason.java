package io.nanogame.spring.room;

import java.util.Locale;

/**
 * Why a player has left a room.
 */
public enum LeaveReason {

	/** The client has sent {@code kind.leave}. */
	LEFT,

	/** The session has ended. */
	DISCONNECTED,

	/** The game has removed the player. */
	REMOVED,

	/** Another session of the player has taken the seat. */
	REPLACED,

	/** The room was closed. */
	CLOSED;

	/** Returns the form in which clients receive it. */
	String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
