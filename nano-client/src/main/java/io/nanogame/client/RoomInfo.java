package io.nanogame.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A room, as the server describes it to clients that have no seat in it.
 *
 * @param room the id of the room
 * @param kind the kind of the room
 * @param players the number of taken and reserved seats
 * @param seats the number of all seats
 * @param locked whether the room accepts no further players
 * @param metadata what the game publishes about the room; {@code null} if nothing
 */
public record RoomInfo(String room, String kind, int players, int seats, boolean locked, @Nullable JsonNode metadata) {

	static RoomInfo of(JsonNode body) {
		return new RoomInfo(body.path("room").asString(""), body.path("kind").asString(""),
				body.path("players").asInt(0), body.path("seats").asInt(0), body.path("locked").asBoolean(false),
				body.get("metadata"));
	}

}
