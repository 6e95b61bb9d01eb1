package io.nanogame.session;

/**
 * Follows every session of the server. Calls for one session come in order with its
 * messages, on a worker thread: after the messages received before, ahead of those
 * received later. May block. An exception is logged, unless a method says otherwise.
 */
public interface SessionListener {

	/**
	 * The handshake is over, messages may come.
	 * @param session the new session
	 */
	default void opened(Session session) {
	}

	/**
	 * The game is about to bind the session. Called by {@link Session#bind(String)}
	 * itself, on its server and its thread, before anything else learns of the uid; in a
	 * handshake validator, too. Not called when a uid comes from another server.
	 * <p>
	 * It may block, so with a listener that overrides this method {@code bind} throws
	 * {@link IllegalStateException} when it is called on an event loop.
	 * @param session the session, not bound yet
	 * @param uid the uid
	 * @throws LoginRefusedException to refuse the uid; this and any other exception ends
	 * {@code bind} with it
	 */
	default void binding(Session session, String uid) {
	}

	/**
	 * The session was given a uid. Called by {@link Session#bind(String)} itself, on its
	 * thread. When it was bound in its handshake, called ahead of {@link #opened}, and
	 * when another server bound it, in order with its messages.
	 * @param session the session, with its uid
	 */
	default void bound(Session session) {
	}

	/**
	 * The session has no uid any more. Called by {@link Session#unbind()} itself, on its
	 * thread, and when another server unbound it, in order with its messages; not when
	 * the session is closed.
	 * @param session the session, without its uid
	 * @param uid the uid it had
	 */
	default void unbound(Session session, String uid) {
	}

	/**
	 * The session was given another principal, or has none any more. Called by
	 * {@link Session#principal(java.security.Principal)} itself, on its thread; maybe
	 * before the session is opened. A principal that the transport knows is no reason to
	 * call this on an event loop: that comes on a worker.
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
