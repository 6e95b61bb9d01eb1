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
		return session.attributes().getString(PREFIX + kind);
	}

	/** Routes messages of the kind to a room. */
	static void set(Session session, RoomInfo room, String node, SessionRouting routing) {
		session.attributes().set(PREFIX + room.kind(), room.room());
		routing.bind(session, room.kind(), node);
	}

	/** Returns the ids of all rooms of a session, by their kinds. */
	static Map<String, String> of(Session session) {
		Map<String, String> rooms = new HashMap<>();
		session.attributes().state().forEach((name, value) -> {
			if (name.startsWith(PREFIX)) {
				String kind = name.substring(PREFIX.length());
				rooms.put(kind, find(session, kind));
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
