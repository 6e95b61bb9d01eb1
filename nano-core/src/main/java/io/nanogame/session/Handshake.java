package io.nanogame.session;

import io.nanogame.protocol.HandshakeRequest;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that is being looked at by {@link HandshakeValidator validators}. For one
 * thread at a time.
 */
public final class Handshake {

	private final Session session;

	private @Nullable Object answer;

	public Handshake(Session session) {
		this.session = session;
	}

	/**
	 * The session that will be, unless the client is refused. It can be bound, given
	 * attributes and a principal; nothing can be pushed to it yet. Its uid counts when it
	 * opens, which is when the client acknowledges the handshake: until then it is not
	 * found by it, and replaces no other session.
	 * @return the session
	 */
	public Session session() {
		return this.session;
	}

	/**
	 * What the client said of itself. The query parameters of its URL are with the
	 * session.
	 * @return client and user data
	 */
	public HandshakeRequest request() {
		return this.session.handshake();
	}

	/**
	 * Gives the client something with the answer, as its {@code user} part.
	 * @param user anything that can be written as JSON
	 */
	public void answerWith(Object user) {
		this.answer = user;
	}

	/**
	 * What {@link #answerWith} was given.
	 * @return the user part of the answer, or null
	 */
	public @Nullable Object answer() {
		return this.answer;
	}

}
