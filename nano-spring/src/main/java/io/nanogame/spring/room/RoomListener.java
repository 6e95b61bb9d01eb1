package io.nanogame.spring.room;

import io.nanogame.session.Session;

/**
 * A bean of this type is notified of rooms that have ended without their game. Called on
 * a worker thread; may block. Exceptions are logged.
 */
public interface RoomListener {

	/**
	 * Called for each player and spectator whose client is connected to this node when
	 * the node of its room is down, and the room with it. The client has received
	 * {@code room.left} with the reason {@code node-lost}, and can join another room.
	 * @param session the session
	 * @param kind the kind of the room
	 * @param room its id
	 */
	void lost(Session session, String kind, String room);

}
