package io.nanogame.spring.room;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.nanogame.service.NanoService;
import io.nanogame.spring.room.RoomTransfer.Contents;
import io.nanogame.spring.room.RoomTransfer.Header;

/**
 * The rooms of one node, as other nodes call them.
 */
@NanoService(RoomDesk.NAME)
interface RoomDesk {

	/** The name of the service. */
	String NAME = "nano.rooms";

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
	CompletionStage<Placed> joinOrCreate(String kind, String player, String options);

	/**
	 * Returns whether this node has a room, or is just receiving it.
	 * @param room the id of any room
	 */
	CompletionStage<Boolean> has(String room);

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

	// A room that moves

	/**
	 * Prepares for a room that moves to this node. Its messages wait here from now on.
	 * @param header the room
	 * @return true
	 */
	CompletionStage<Boolean> expect(Header header);

	/**
	 * Waits for a moment until the messages of sessions arrive here.
	 * @param room the id of the room
	 * @param sessions the ids of sessions
	 * @return those of them that have arrived; their former messages are handled
	 */
	CompletionStage<List<Long>> awaitArrivals(String room, List<Long> sessions);

	/**
	 * Opens the room on this node. May be repeated.
	 * @param room its id
	 * @param epoch that of its header
	 * @param contents its contents
	 * @return true; fails if the room is not open here, and will not be
	 */
	CompletionStage<Boolean> open(String room, long epoch, Contents contents);

	/**
	 * The room does not move to this node.
	 * @param room its id
	 * @param epoch that of its header
	 * @return true
	 */
	CompletionStage<Boolean> cancel(String room, long epoch);

	/**
	 * A room with a reserved seat.
	 *
	 * @param room the room
	 * @param node the id of its node
	 */
	record Placed(RoomInfo room, String node) {
	}

	/**
	 * A part of a list.
	 *
	 * @param rooms the rooms
	 * @param more whether others follow
	 */
	record Page(List<RoomInfo> rooms, boolean more) {

		/** The mapper of the application may omit empty lists. */
		public Page {
			rooms = Objects.requireNonNullElse(rooms, List.of());
		}

	}

}
