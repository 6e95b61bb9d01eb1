package io.nanogame.session;

/**
 * SPI. Follows the uids of sessions for a part of the server that must know at once, as a
 * {@link SessionListener} does for the game. Called on the thread of the change and under
 * a lock of the session, in the order of its changes: must not block. An exception is
 * logged.
 */
public interface LoginObserver {

	/**
	 * A session that is open, or only stands for one of another server, has a uid.
	 * @param session the session
	 * @param uid its uid
	 * @param here true when this server bound it, false when another server did
	 */
	void bound(Session session, String uid, boolean here);

	/**
	 * A session has its uid no more, because it was unbound or closed.
	 * @param session the session
	 * @param uid the uid it had
	 * @param here true when this server unbound it, false when another server did
	 */
	void unbound(Session session, String uid, boolean here);

}
