package io.nanogame.spring.room;

import tools.jackson.databind.JsonNode;

/**
 * The beginning of a room on its node.
 *
 * @param id its id
 * @param kind its kind
 * @param options the options with which it was created
 * @param epoch counts its moves; 0 on the node that has created it
 */
record RoomOrigin(String id, RoomKind kind, JsonNode options, long epoch) {

	/** Returns the name of a group of its sessions, which no other node uses. */
	String group(String name) {
		return "nano.room/" + this.id + ((this.epoch > 0) ? "/" + this.epoch : "") + name;
	}

}
