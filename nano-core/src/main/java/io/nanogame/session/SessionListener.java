package io.nanogame.session;

/**
 * Hears of every session of the server. Calls for one session come in order with its
 * messages, on a worker thread: after the messages received before, ahead of those
 * received later. May block. An exception is logged.
 */
public interface SessionListener {

	/**
	 * The handshake is over, messages may come.
	 * @param session the new session
	 */
	default void opened(Session session) {
	}

	/**
	 * The session was given a uid. Called by {@link Session#bind(String)} itself, on its
	 * thread.
	 * @param session the session, with its uid
	 */
	default void bound(Session session) {
	}

	/**
	 * The session was given a principal, or has none any more. Called by
	 * {@link Session#principal(java.security.Principal)} itself, on its thread; maybe
	 * before the session is opened.
	 * @param session the session
	 */
	default void principalChanged(Session session) {
	}

	/**
	 * The session is over; it has left its groups. Called once.
	 * @param session the session
	 * @param reason why
	 */
	default void closed(Session session, CloseReason reason) {
	}

}
