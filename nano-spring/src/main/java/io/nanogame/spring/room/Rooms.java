package io.nanogame.spring.room;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of the game, on this node and on all others. Thread-safe; never blocks.
 * <p>
 * A player joins in two steps. First the game reserves a seat by one of these methods, or
 * the client by {@code rooms.*} if {@code nano.room.client-access} is on. Then the client
 * takes the seat by {@code kind.join}, within the time of the reservation. A player has
 * one seat in each kind of room.
 * <p>
 * Stages fail with a {@link io.nanogame.service.ServiceException ServiceException}. A
 * handler may return them, and its client receives the code: 404 when there is no such
 * room or kind, 409 when the room is full or locked, 410 when it is closed, 423 when the
 * player has a seat in another room of the kind, or is a spectator and wants a seat, 429
 * when the server has too many rooms, 502 when its node, or all nodes with the kind,
 * cannot be reached.
 */
public interface Rooms {

	/**
	 * Creates a room without players. It closes when no player joins in time.
	 * @param kind the kind
	 * @param options for {@link Room#options}; null for an empty object
	 * @return the new room
	 */
	CompletionStage<RoomInfo> create(String kind, @Nullable Object options);

	/**
	 * Finds a room.
	 * @param room its id
	 * @return the room as it is now, also if it is hidden
	 */
	CompletionStage<RoomInfo> find(String room);

	/**
	 * Lists the rooms of a kind that are not hidden, on all nodes that reply in time.
	 * @param kind the kind
	 * @param filter selects rooms
	 * @param offset the number of rooms to skip
	 * @param limit the maximum number of rooms, up to 1,000
	 * @return the rooms, sorted by id
	 */
	CompletionStage<List<RoomInfo>> list(String kind, Predicate<RoomInfo> filter, int offset, int limit);

	/**
	 * Reserves a seat in a room, or confirms the one that the player has there.
	 * @param player the player
	 * @param room the id of the room
	 * @return the room
	 */
	CompletionStage<RoomInfo> join(Session player, String room);

	/**
	 * Reserves a seat in the fullest room of a kind that has one, or in a new room.
	 * @param player the player
	 * @param kind the kind
	 * @param options for a new room; null for an empty object
	 * @return the room; the one in which the player has a seat already, if there is one
	 */
	CompletionStage<RoomInfo> joinOrCreate(Session player, String kind, @Nullable Object options);

	/**
	 * Reserves a place among the spectators of a room.
	 * @param spectator the session
	 * @param room the id of the room
	 * @return the room
	 */
	CompletionStage<RoomInfo> spectate(Session spectator, String room);

	/**
	 * Closes a room.
	 * @param room its id
	 * @param message the reason, for the clients
	 * @return completes when it is closed
	 */
	CompletionStage<Void> close(String room, String message);

}
