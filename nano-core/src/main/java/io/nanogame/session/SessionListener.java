package io.nanogame.session;

/**
 * Receives the events of all sessions of the server. The methods are called on a worker
 * thread in order with the session's messages: after those that were received before the
 * event. They may block. Exceptions are logged, unless a method states otherwise.
 */
public interface SessionListener {

	/**
	 * Called when a session has opened.
	 * @param session the new session
	 */
	default void opened(Session session) {
	}

	/**
	 * Called by {@link Session#bind(String)}, on its server and its thread, before the
	 * session is bound; in a handshake validator, too. Not called when another server
	 * binds the session.
	 * <p>
	 * Because the method may block, {@code bind} throws {@link IllegalStateException} on
	 * an event loop if a listener overrides it.
	 * @param session the session, not bound yet
	 * @param uid the uid
	 * @throws LoginRefusedException to reject the uid; {@code bind} throws this and any
	 * other exception
	 */
	default void binding(Session session, String uid) {
	}

	/**
	 * Called by {@link Session#bind(String)}, on its thread, when the session was bound.
	 * Not called when its client continues an older session instead. If it was bound in
	 * its handshake, called before {@link #opened}; if another server bound it, called in
	 * order with its messages.
	 * @param session the session, with its uid
	 */
	default void bound(Session session) {
	}

	/**
	 * Called by {@link Session#unbind()}, on its thread, when the session was unbound. If
	 * another server unbound it, called in order with its messages. Not called when the
	 * session is closed.
	 * @param session the session, without its uid
	 * @param uid the uid it had
	 */
	default void unbound(Session session, String uid) {
	}

	/**
	 * Called by {@link Session#principal(java.security.Principal)}, on its thread, when
	 * the principal has changed; perhaps before the session opens. For a principal of the
	 * transport, such as of a client certificate, called on a worker.
	 * @param session the session
	 */
	default void principalChanged(Session session) {
	}

	/**
	 * Called when the connection of a session was cut. The session stays open, because
	 * its client may resume it.
	 * @param session the session, without a connection
	 * @param reason how the connection has ended
	 */
	default void detached(Session session, CloseReason reason) {
	}

	/**
	 * Called when a client with a valid token asks to resume the session; handshake
	 * validators are not called then. Until the listeners have returned, the session
	 * remains as it is, with its connection if it has one.
	 * @param session the session; it may be closed meanwhile
	 * @param introduction what the client has sent about itself in this handshake
	 * @throws HandshakeRefusedException to reject the client; any other exception rejects
	 * it, too. The session stays open for its window
	 */
	default void resuming(Session session, Introduction introduction) {
	}

	/**
	 * Called when the client has resumed the session with another connection, or, with
	 * {@link LoginPolicy#CONTINUE}, when another client of the player continues it.
	 * @param session the session, which may have another address
	 */
	default void resumed(Session session) {
	}

	/**
	 * Called once when the session is closed and has left its groups. Not called for the
	 * session of a client that has logged in to continue an older one.
	 * @param session the session
	 * @param reason the reason
	 */
	default void closed(Session session, CloseReason reason) {
	}

}
