package io.nanogame.spring.room;

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
		return session.attributes().getString(PREFIX + kind);
	}

	/** Routes messages of the kind to a room. */
	static void set(Session session, RoomInfo room, String node, SessionRouting routing) {
		session.attributes().set(PREFIX + room.kind(), room.room());
		routing.bind(session, room.kind(), node);
	}

	/** A session has left a room. */
	static void left(Seat seat, SessionRouting routing) {
		Session session = seat.session;
		String name = PREFIX + seat.room.kind();
		if (session.isOpen() && seat.room.id().equals(session.attributes().getString(name))) {
			session.attributes().remove(name);
			routing.unbind(session, seat.room.kind());
		}
	}

}
