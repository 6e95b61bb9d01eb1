package io.nanogame.session;

import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Continues sessions of other servers on this one. Code of a game has no use for it.
 * Thread-safe.
 */
public final class RestoredSessions {

	private final SessionRegistry registry;

	/**
	 * Creates the continuation for one server.
	 * @param registry the sessions of this server
	 */
	public RestoredSessions(SessionRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Creates the session, which is not found yet.
	 * @param id its id
	 * @param connection its connection
	 * @param handshake the introduction of the client
	 * @param with its payloads
	 * @param copy the session of the other server on this one, or null
	 * @return the copy, or a new session
	 * @throws IllegalArgumentException when the payloads were not added
	 */
	public Session create(long id, Connection connection, Introduction handshake, Payloads with,
			@Nullable Session copy) {
		return (copy != null) ? copy : this.registry.create(id, connection, handshake, with);
	}

	/**
	 * Continues a session, whose client is connected to this server from now on. Its
	 * login follows, see {@link SessionLogin#restore(String, long)}. Listeners are not
	 * called.
	 * @param session the session of {@link #create}
	 * @param connection its connection from now on, which can send already
	 */
	public void open(Session session, Connection connection) {
		boolean isNew = session.handle.login().isCandidate();
		session.handle.login().restore();
		session.handle.moveTo(connection);
		if (isNew) {
			this.registry.list(session);
			session.handle.markRegistered();
		}
	}

}
