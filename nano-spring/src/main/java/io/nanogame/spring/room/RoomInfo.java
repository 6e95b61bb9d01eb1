package io.nanogame.spring.room;

import java.util.Map;
import java.util.Objects;

/**
 * A room as it is listed.
 *
 * @param room its id
 * @param kind its kind
 * @param players the number of seats that are taken or reserved
 * @param seats the number of seats
 * @param spectators the number of spectators
 * @param locked whether it accepts no new players
 * @param metadata what the game publishes about it
 */
public record RoomInfo(String room, String kind, int players, int seats, int spectators, boolean locked,
		Map<String, Object> metadata) {

	/** The mapper of the application may omit empty maps. */
	public RoomInfo {
		metadata = Objects.requireNonNullElse(metadata, Map.of());
	}

	/** Returns whether a player can join it. */
	boolean hasRoom() {
		return !this.locked && this.players < this.seats;
	}

	RoomInfo withoutMetadata() {
		return new RoomInfo(this.room, this.kind, this.players, this.seats, this.spectators, this.locked, Map.of());
	}

}
