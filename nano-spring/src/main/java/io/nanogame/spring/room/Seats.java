package io.nanogame.spring.room;

/**
 * The seats of a room.
 *
 * @param all the number of seats
 * @param taken those of players
 * @param reserved those of players who have not joined yet
 * @param detached those of players without a connection, which are taken, too; in a
 * cluster only those that this node knows of
 */
public record Seats(int all, int taken, int reserved, int detached) {

	/** Returns the number of seats that a player can still reserve. */
	public int free() {
		return Math.max(0, this.all - this.taken - this.reserved);
	}

}
