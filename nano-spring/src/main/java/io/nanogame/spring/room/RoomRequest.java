package io.nanogame.spring.room;

import io.nanogame.route.RequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The payload of a request of a client for a room, or for a list of rooms.
 *
 * @param kind the kind
 * @param room the id of the room
 * @param options the options of a new room
 * @param offset the number of rooms to skip; by default none
 * @param limit the maximum number of rooms, up to 50, which is the default
 */
record RoomRequest(@Nullable String kind, @Nullable String room, @Nullable JsonNode options, @Nullable Integer offset,
		@Nullable Integer limit) {

	/** A request without a body. */
	static final RoomRequest EMPTY = new RoomRequest(null, null, null, null, null);

	String id() {
		if (this.room == null) {
			throw new RequestException(400, "the room is missing");
		}
		return this.room;
	}

}
