package io.nanogame.session;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A handshake that {@link HandshakeValidator validators} decide about. Not thread-safe.
 */
public final class Handshake {

	private final Session session;

	private final UpgradeRequest upgrade;

	private @Nullable Object answer;

	public Handshake(Session session) {
		this(session, null);
	}

	/**
	 * Creates a handshake.
	 * @param session the session
	 * @param upgrade the HTTP request that opened its WebSocket; null if there is none
	 */
	public Handshake(Session session, @Nullable UpgradeRequest upgrade) {
		this.session = session;
		this.upgrade = (upgrade != null) ? upgrade : UpgradeRequest.NONE;
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
	 * Returns what the client has sent about itself.
	 * @return type and version of the client, and its user data
	 */
	public Introduction request() {
		return this.session.handshake();
	}

	/**
	 * Returns the path of the URL to which a WebSocket was opened.
	 * @return the path without the query, not decoded; empty for TCP
	 */
	public String path() {
		return this.upgrade.path();
	}

	/**
	 * Returns the query parameters of the URL to which a WebSocket was opened.
	 * @return decoded names and values; empty for TCP
	 */
	public Map<String, List<String>> queryParameters() {
		return this.session.queryParameters();
	}

	/**
	 * Returns the headers of the HTTP request that opened a WebSocket. They are available
	 * here only, and discarded after the validation. They may be secret: do not log them.
	 * @return names, regardless of their case, and values; empty for TCP
	 */
	public Map<String, List<String>> headers() {
		return this.upgrade.headers();
	}

	/**
	 * Chooses the serializer of the session. Everything after the handshake uses it: the
	 * arguments and results of handlers, errors and pushes. The last choice of all
	 * validators counts. By default a session has the server's serializer.
	 * @param name the name of a serializer that the server knows. Clients of a protocol
	 * with payloads of its own, such as {@code json}, can have no other
	 * @throws IllegalArgumentException when the session cannot have that serializer; the
	 * message contains the known names
	 * @throws IllegalStateException after the validation, and when the session has joined
	 * a group, whose pushes are prepared for the serializer
	 */
	public void serializer(String name) {
		this.session.handle.choosePayloads(name);
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
