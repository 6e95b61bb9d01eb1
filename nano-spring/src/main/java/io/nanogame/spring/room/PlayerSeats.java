package io.nanogame.spring.room;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.node.Nodes;
import io.nanogame.session.Session;

/**
 * Reserves seats for players who have not asked for them, because they were matched.
 * Games use {@link Rooms}. Thread-safe; never blocks.
 */
public final class PlayerSeats {

	private final RoomNodes nodes;

	private final RoomParts parts;

	PlayerSeats(RoomNodes nodes, RoomParts parts) {
		this.nodes = nodes;
		this.parts = parts;
	}

	/**
	 * Reserves a seat in a room.
	 * @param room the id of the room
	 * @param uid the player
	 * @return the id of the node that has the room; fails as {@link Rooms#join}
	 */
	public CompletionStage<String> reserve(String room, String uid) {
		return this.nodes.call(room, (desk) -> desk.reserve(room, Seat.key(uid), false)).thenApply(Located::node);
	}

	/**
	 * Returns whether a player may have a place in a room of a kind.
	 * @param player the player
	 * @param kind the kind
	 * @return false if it certainly has none
	 */
	public boolean mayBeIn(Session player, String kind) {
		return !CurrentRooms.find(player, kind).isEmpty();
	}

	/**
	 * Gives up the reservation of a player in a room of a kind, if it has one.
	 * @param player the player
	 * @param kind the kind
	 * @return false if it has a seat
	 */
	public CompletionStage<Boolean> giveUp(Session player, String kind) {
		String room = CurrentRooms.find(player, kind);
		if (room.isEmpty()) {
			return CompletableFuture.completedStage(true);
		}
		String key = Seat.key(player);
		return this.nodes.call(room, (desk) -> desk.giveUp(room, key)).handle((done, failure) -> {
			boolean isFree = !Reserving.isSeated(failure);
			if (isFree) {
				CurrentRooms.remove(player, kind, room, this.parts.network().routing().get());
			}
			return isFree;
		});
	}

	/**
	 * Routes the messages of a player to a room in which its seat is reserved.
	 * @param player the player
	 * @param kind the kind of the room
	 * @param room the id of the room
	 * @param node the id of the node that has it
	 * @return false if that node is gone, and the room with it
	 */
	public boolean enter(Session player, String kind, String room, String node) {
		Nodes all = this.parts.network().nodes().get();
		if (!all.isUp(node) && !all.self().id().equals(node)) {
			return false;
		}
		CurrentRooms.enter(player, kind, room, node, this.parts.network().routing().get());
		return true;
	}

}
