package io.nanogame.spring.room;

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.nanogame.service.NanoService;

/**
 * The rooms of one node, as other nodes call them.
 */
@NanoService("nano.rooms")
interface RoomDesk {

	/**
	 * Creates a room on this node.
	 * @param kind the kind
	 * @param options the options as JSON
	 * @return the room
	 */
	CompletionStage<RoomInfo> create(String kind, String options);

	/**
	 * Reserves a seat in the fullest room of the kind that has one, on any node, or in a
	 * new room. One node does this for all others, so that players who come at the same
	 * time meet.
	 * @param kind the kind
	 * @param player the key of the player
	 * @param options the options of a new room, as JSON
	 * @return the room
	 */
	CompletionStage<RoomInfo> joinOrCreate(String kind, String player, String options);

	/**
	 * Finds a room of this node.
	 * @param room its id
	 * @return the room
	 */
	CompletionStage<RoomInfo> find(String room);

	/**
	 * Reserves a place, or confirms it.
	 * @param room the id of a room of this node
	 * @param player the key of the player
	 * @param spectator whether it is a place among the spectators
	 * @return the room
	 */
	CompletionStage<RoomInfo> reserve(String room, String player, boolean spectator);

	/**
	 * Ends the reservation of a player, if it has one. Fails with 423 if the player has a
	 * seat.
	 * @param room the id of a room of this node
	 * @param player the key of the player
	 * @return true
	 */
	CompletionStage<Boolean> giveUp(String room, String player);

	/**
	 * Lists rooms of this node that are not hidden, as many as fit in one message.
	 * @param kind the kind
	 * @param after the id of the last room of the previous page; empty for the first page
	 * @return sorted by id
	 */
	CompletionStage<Page> list(String kind, String after);

	/**
	 * Lists the rooms of this node that a player can join, the fullest ones first.
	 * @param kind the kind
	 * @return a few, without their metadata
	 */
	CompletionStage<List<RoomInfo>> candidates(String kind);

	/**
	 * Finds the room of this node in which a player has a place.
	 * @param kind the kind
	 * @param player the key of the player
	 * @return the room, or none
	 */
	CompletionStage<List<RoomInfo>> findPlace(String kind, String player);

	/**
	 * Closes a room of this node.
	 * @param room its id
	 * @param message the reason, for the clients
	 * @return true
	 */
	CompletionStage<Boolean> close(String room, String message);

	/**
	 * A part of a list.
	 *
	 * @param rooms the rooms
	 * @param more whether others follow
	 */
	record Page(List<RoomInfo> rooms, boolean more) {
	}

}
