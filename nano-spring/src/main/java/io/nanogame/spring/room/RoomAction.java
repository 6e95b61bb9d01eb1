package io.nanogame.spring.room;

/**
 * What clients may do by {@code rooms.*}.
 */
public enum RoomAction {

	/** Create a room, with options. */
	CREATE,

	/** Join a room by its id. */
	JOIN,

	/** Join any room of a kind, or create one with options. */
	JOIN_OR_CREATE,

	/** Spectate a room by its id. */
	SPECTATE,

	/** List the rooms of a kind. */
	LIST

}
