package io.nanogame.client;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * A page of the rooms of a kind.
 *
 * @param rooms the rooms of the page
 * @param total the number of all rooms of the kind
 */
public record RoomList(List<RoomInfo> rooms, int total) {

	static RoomList of(JsonNode body) {
		return new RoomList(body.path("rooms").valueStream().map(RoomInfo::of).toList(), body.path("total").asInt(0));
	}

}
