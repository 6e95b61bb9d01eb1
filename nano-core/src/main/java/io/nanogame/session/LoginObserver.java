package io.nanogame.session;

/**
 * SPI. Receives the changes of uids immediately, for parts of the server; games use
 * {@link SessionListener}. Called on the thread of the change, under a lock of the
 * session, in the order of its changes: must not block. An exception is logged.
 */
public interface LoginObserver {

	/**
	 * Called when a session was bound that is open, or that stands for a session of
	 * another server.
	 * @param session the session
	 * @param uid its uid
	 * @param here true if this server bound it, false if another server did
	 */
	void bound(Session session, String uid, boolean here);

	/**
	 * Called when such a session was unbound or closed.
	 * @param session the session
	 * @param uid the uid it had
	 * @param here true if this server unbound it, false if another server did
	 */
	void unbound(Session session, String uid, boolean here);

}
