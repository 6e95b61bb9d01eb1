package io.nanogame.spring.room;

import io.nanogame.session.Session;

/**
 * Decides what clients may do by {@code rooms.*}. A bean of this type replaces the
 * default, which allows all clients all actions. Thread-safe; must not block.
 */
@FunctionalInterface
public interface RoomAccess {

	/**
	 * Returns whether a client may perform an action.
	 * @param session the session of the client
	 * @param action what the client wants to do
	 * @param kind the kind of room; empty if the client names a room by its id
	 * @return false to fail the request with 403
	 */
	boolean isAllowed(Session session, RoomAction action, String kind);

}
