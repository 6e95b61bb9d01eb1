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
	 * Continues a session, whose client is connected to this server from now on. Its
	 * login follows, see {@link SessionLogin#restore(String, long)}. Listeners are not
	 * called.
	 * @param id its id
	 * @param connection its connection from now on
	 * @param handshake the introduction of the client
	 * @param with its payloads
	 * @param copy the session of the other server on this one, or null
	 * @return the copy, or a new session that is open
	 * @throws IllegalArgumentException when the payloads were not added
	 */
	public Session restore(long id, Connection connection, Introduction handshake, Payloads with,
			@Nullable Session copy) {
		if (copy != null) {
			copy.handle.login().restore();
			copy.handle.moveTo(connection);
			return copy;
		}
		Session session = this.registry.create(id, connection, handshake, with);
		session.handle.login().restore();
		this.registry.list(session);
		session.handle.markRegistered();
		return session;
	}

}
