package io.nanogame.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A push of the server for a room: the whole state, a change of it, or the end of the
 * seat. Fields that are missing or of another type have defaults.
 *
 * @param kind the kind of the room
 * @param room the id of the room
 * @param left whether the session has no seat in the room any more
 * @param body the whole body
 */
record RoomPush(String kind, String room, boolean left, JsonNode body) {

	static RoomPush state(JsonNode body) {
		return new RoomPush(text(body, "kind"), text(body, "room"), false, body);
	}

	static RoomPush left(JsonNode body) {
		return new RoomPush(text(body, "kind"), text(body, "room"), true, body);
	}

	private static String text(JsonNode body, String name) {
		return body.path(name).asString("");
	}

	boolean isWhole() {
		return !this.left && patch() == null;
	}

	long version() {
		return this.body.path("version").asLong(-1);
	}

	/** Returns the whole state; {@code null} if the room has none. */
	@Nullable JsonNode state() {
		return this.body.get("state");
	}

	@Nullable JsonNode patch() {
		return this.body.get("patch");
	}

	RoomLeave leave() {
		return new RoomLeave(text(this.body, "reason"), text(this.body, "message"), null);
	}

}
