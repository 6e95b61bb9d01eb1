package io.nanogame.spring.room;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.nanogame.spring.room.RoomGate.Order;

/**
 * The latest moves of rooms, as a gateway knows them. If the next node of a room is down,
 * the room may be on its former node still. Thread-safe.
 */
final class MoveOrders {

	/** Longer than a node tries to move a room. */
	private static final Duration MEMORY = Duration.ofMinutes(1);

	private final RoomParts parts;

	private final Map<String, Order> byRoom = new ConcurrentHashMap<>();

	MoveOrders(RoomParts parts) {
		this.parts = parts;
	}

	void add(Order order) {
		this.byRoom.put(order.room(), order);
		this.parts.timers().after(MEMORY, this.parts.lanes().workers(), () -> this.byRoom.remove(order.room(), order));
	}

	/**
	 * Returns whether a room may be on another node than that to which it moves.
	 * @param room the id of the room
	 * @param next the id of the node to which the sessions of the room are routed
	 * @param isUp whether a node is up
	 */
	boolean mayStay(String room, String next, Predicate<String> isUp) {
		Order order = this.byRoom.get(room);
		return order != null && order.node().equals(next) && !order.from().equals(next) && isUp.test(order.from());
	}

}
