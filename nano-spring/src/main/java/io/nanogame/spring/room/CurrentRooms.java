package io.nanogame.spring.room;

import java.util.HashMap;
import java.util.Map;

import io.nanogame.node.SessionRouting;
import io.nanogame.session.Session;

/**
 * The rooms of a session, as all nodes that handle its messages know them: an attribute
 * for each kind, and the node that handles its messages.
 */
final class CurrentRooms {

	private static final String PREFIX = "nano.room.";

	private CurrentRooms() {
	}

	/** Returns the id of a room; empty if there is none. The session may have left it. */
	static String find(Session session, String kind) {
		return place(session, kind).room();
	}

	/** Returns where the room of a kind is. The session may have left it. */
	static RoomPlace place(Session session, String kind) {
		return RoomPlace.of(session.attributes().getString(PREFIX + kind));
	}

	/** Routes messages of the kind to a room that the session enters. */
	static void enter(Session session, String kind, String room, String node, SessionRouting routing) {
		synchronized (session.attributes()) {
			RoomPlace present = place(session, kind);
			set(session, kind, new RoomPlace(room, node, present.room().equals(room) ? present.epoch() : 0), routing);
		}
	}

	/**
	 * Routes messages of the kind to the node to which a room moves.
	 * @return false if the session is not in the room, or knows of a later move
	 */
	static boolean move(Session session, String kind, RoomPlace next, SessionRouting routing) {
		synchronized (session.attributes()) {
			RoomPlace present = place(session, kind);
			if (!present.room().equals(next.room()) || present.epoch() > next.epoch()) {
				return false;
			}
			if (!present.equals(next)) {
				set(session, kind, next, routing);
			}
			return true;
		}
	}

	private static void set(Session session, String kind, RoomPlace place, SessionRouting routing) {
		session.attributes().set(PREFIX + kind, place.value());
		routing.bind(session, kind, place.node());
	}

	/** Returns where all rooms of a session are, by their kinds. */
	static Map<String, RoomPlace> of(Session session) {
		Map<String, RoomPlace> rooms = new HashMap<>();
		session.attributes().state().forEach((name, value) -> {
			if (name.startsWith(PREFIX)) {
				String kind = name.substring(PREFIX.length());
				rooms.put(kind, place(session, kind));
			}
		});
		return rooms;
	}

	/** A session has left a room. Has no effect if it has entered another one since. */
	static void remove(Session session, String kind, String room, SessionRouting routing) {
		if (session.isOpen() && room.equals(find(session, kind))) {
			session.attributes().remove(PREFIX + kind);
			routing.unbind(session, kind);
		}
	}

}
