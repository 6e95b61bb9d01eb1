package io.nanogame.spring.room;

import java.util.List;
import java.util.Objects;

import io.nanogame.service.NanoService;

/**
 * The sessions of the clients of one node, as the nodes of their rooms call them. Only
 * nodes with clients have it.
 */
@NanoService("nano.rooms.gate")
interface RoomGate {

	/**
	 * Routes messages of sessions to the node to which their room moves, and sends that
	 * node a message of each session after those that the former node handles. Sessions
	 * of clients of other nodes, and those in other rooms, are ignored. May be repeated.
	 * @param order the order
	 */
	void move(Order order);

	/**
	 * Notifies the sessions of a room that it is lost.
	 * @param room the id of the room
	 * @param node the id of the node on which it was lost
	 */
	void lost(String room, String node);

	/**
	 * The order to move sessions.
	 *
	 * @param kind the kind of the room
	 * @param room its id
	 * @param node the id of the node to which it moves
	 * @param epoch counts the moves of the room
	 * @param sessions the ids of the sessions with a seat
	 * @param keys the keys of players with a reservation
	 * @param from the id of the node that orders it; empty if that is not known
	 */
	record Order(String kind, String room, String node, long epoch, List<Long> sessions, List<String> keys,
			String from) {

		/** The mapper of the application may omit empty lists. */
		public Order {
			sessions = Objects.requireNonNullElse(sessions, List.of());
			keys = Objects.requireNonNullElse(keys, List.of());
			from = Objects.requireNonNullElse(from, "");
		}

		RoomPlace place() {
			return new RoomPlace(this.room, this.node, this.epoch);
		}

	}

}
