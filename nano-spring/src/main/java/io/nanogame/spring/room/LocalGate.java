package io.nanogame.spring.room;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.nanogame.node.SessionRouting;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;

/**
 * Moves the clients of this node with their rooms. Thread-safe.
 */
final class LocalGate implements RoomGate {

	/** After that time, the node of the room has given up. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final RoomParts parts;

	private final Supplier<Sessions> sessions;

	private final Supplier<GameServer> server;

	private final LostRooms lost;

	private final MoveOrders orders;

	LocalGate(RoomParts parts, Supplier<Sessions> sessions, Supplier<GameServer> server, LostRooms lost,
			MoveOrders orders) {
		this.parts = parts;
		this.sessions = sessions;
		this.server = server;
		this.lost = lost;
		this.orders = orders;
	}

	/** Returns whether the client of a session is connected to this node. */
	boolean isLocal(Session session) {
		return this.sessions.get().isLocal(session);
	}

	@Override
	public void move(Order order) {
		this.orders.add(order);
		Sessions all = this.sessions.get();
		Stream
			.concat(order.sessions().stream().flatMap((id) -> all.find(id).stream()),
					order.keys().stream().flatMap((key) -> Seat.sessions(key, all)))
			.distinct()
			.filter(all::isLocal)
			.forEach((session) -> move(session, order));
	}

	/**
	 * The node of the room receives a request for the state, which any client may send.
	 * If that is this node, no message must be in progress, because a node cannot forward
	 * messages to itself.
	 */
	private void move(Session session, Order order) {
		boolean isHere = order.node().equals(this.parts.network().nodes().get().self().id());
		this.server.get()
			.handleNotify(session, RoomKind.syncRoute(order.kind()), () -> bind(session, order), isHere, PATIENCE);
	}

	private boolean bind(Session session, Order order) {
		SessionRouting routing = this.parts.network().routing().get();
		boolean isMoved = CurrentRooms.move(session, order.kind(), order.place(), routing);
		if (isMoved) {
			// The node may have gone down before its order arrived.
			this.lost.routedTo(order.node());
		}
		return isMoved;
	}

	@Override
	public void lost(String room, String node) {
		this.lost.lost((place) -> place.room().equals(room) && place.isOn(node));
	}

}
