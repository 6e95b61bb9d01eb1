package io.nanogame.spring.room;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.spring.room.RoomClients.Left;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies the players of this gateway when the node of their room is down.
 */
final class LostRooms implements NodeListener {

	private static final String MESSAGE = "the server of the room is down";

	/** For a node to report that a room has not moved to one that is down. */
	private static final Duration PATIENCE = Duration.ofSeconds(4);

	private static final Logger log = LoggerFactory.getLogger(LostRooms.class);

	private final RoomParts parts;

	private final Supplier<Sessions> sessions;

	private final List<RoomListener> listeners;

	private final MoveOrders orders;

	/** The nodes that went down a short time ago. */
	private final Set<String> down = ConcurrentHashMap.newKeySet();

	LostRooms(RoomParts parts, Supplier<Sessions> sessions, List<RoomListener> listeners, MoveOrders orders) {
		this.parts = parts;
		this.orders = orders;
		this.sessions = sessions;
		this.listeners = listeners;
	}

	@Override
	public void down(Node node) {
		this.down.add(node.id());
		report(node.id(), (place) -> !mayStay(place));
		this.parts.timers().after(PATIENCE, this.parts.lanes().workers(), () -> {
			if (this.down.remove(node.id())) {
				report(node.id(), (place) -> true);
			}
		});
	}

	@Override
	public void up(Node node) {
		this.down.remove(node.id());
	}

	/**
	 * Notifies the sessions of the rooms on a node if that is down, when sessions have
	 * been routed to it.
	 */
	void routedTo(String node) {
		if (this.down.contains(node)) {
			report(node, (place) -> !mayStay(place));
		}
	}

	private boolean isUp(String node) {
		return this.parts.network().nodes().get().isUp(node);
	}

	/** The former node of a room that moves decides where it is. */
	private boolean mayStay(RoomPlace place) {
		return this.orders.mayStay(place.room(), place.node(), this::isUp);
	}

	private void report(String node, Predicate<RoomPlace> isLost) {
		int count = lost((place) -> place.isOn(node) && isLost.test(place));
		if (count > 0) {
			log.warn("{} players and spectators have lost their rooms, because node {} is down", count, node);
		}
	}

	/**
	 * Notifies the sessions whose rooms are lost.
	 * @param isLost recognises the places of these rooms
	 * @return the number of seats
	 */
	int lost(Predicate<RoomPlace> isLost) {
		int count = 0;
		Sessions all = this.sessions.get();
		for (Session session : all.all()) {
			if (!all.isLocal(session)) {
				// The node of its client does the same.
				continue;
			}
			for (Map.Entry<String, RoomPlace> room : CurrentRooms.of(session).entrySet()) {
				if (isLost.test(room.getValue())) {
					lost(session, room.getKey(), room.getValue().room());
					count++;
				}
			}
		}
		return count;
	}

	private void lost(Session session, String kind, String room) {
		CurrentRooms.remove(session, kind, room, this.parts.network().routing().get());
		Left left = new Left(kind, room, "node-lost", MESSAGE);
		session.push(RoomClients.LEFT, this.parts.messages().write(left, session));
		for (RoomListener listener : this.listeners) {
			try {
				listener.lost(session, kind, room);
			}
			catch (RuntimeException ex) {
				log.error("A listener of rooms has failed", ex);
			}
		}
	}

}
