package io.nanogame.spring.room;

/**
 * Where a room is, as a session knows it.
 *
 * @param room the id of the room; empty if the session is in none
 * @param node the id of its node
 * @param epoch counts the moves of the room, so that a late order of an earlier move has
 * no effect
 */
record RoomPlace(String room, String node, long epoch) {

	static final RoomPlace NONE = new RoomPlace("", "", 0);

	private static final int PARTS = 3;

	/** Reads the value of an attribute. */
	static RoomPlace of(String value) {
		String[] parts = value.split(" ", PARTS);
		return (parts.length == PARTS) ? new RoomPlace(parts[0], parts[2], Long.parseLong(parts[1])) : NONE;
	}

	/** Returns the value of an attribute. */
	String value() {
		return this.room + " " + this.epoch + " " + this.node;
	}

	boolean isOn(String id) {
		return this.node.equals(id);
	}

}
