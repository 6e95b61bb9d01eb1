package io.nanogame.session;

import io.nanogame.protocol.HandshakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that {@link HandshakeValidator validators} decide about. Not thread-safe.
 */
public final class Handshake {

	private final Session session;

	private @Nullable Object answer;

	public Handshake(Session session) {
		this.session = session;
	}

	/**
	 * Returns the session, which opens when the client acknowledges the handshake. A
	 * validator can bind it, and set attributes and its principal, but pushes are
	 * dropped. Until it opens, the session is not found by its uid, and replaces no other
	 * session.
	 * @return the session
	 */
	public Session session() {
		return this.session;
	}

	/**
	 * Returns the request of the client. For the query parameters of its URL see
	 * {@link Session#queryParameters()}.
	 * @return type and version of the client, and its user data
	 */
	public HandshakeRequest request() {
		return this.session.handshake();
	}

	/**
	 * Sets the {@code user} part of the response to the client.
	 * @param user an object that can be written as JSON
	 */
	public void answerWith(Object user) {
		this.answer = user;
	}

	/**
	 * Returns the {@code user} part of the response.
	 * @return the object of {@link #answerWith}, or null
	 */
	public @Nullable Object answer() {
		return this.answer;
	}

}
