package io.nanogame.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The first packet of a client: <pre>
 * {"sys": {"type": "js-websocket", "version": "0.0.1", ...}, "user": {...}}
 * </pre> Both parts may be absent, and nano's own Go client sends no body at all. The
 * user part belongs to the game: a name, a token.
 * <p>
 * Immutable, any thread.
 */
public final class HandshakeRequest {

	private final ClientInfo client;

	private final UserPart user;

	private final @Nullable ResumeRequest resume;

	/**
	 * Creates the handshake of a client.
	 * @param client the client's description of itself
	 * @param user the data of the game
	 */
	public HandshakeRequest(ClientInfo client, UserPart user) {
		this(client, user, null);
	}

	/**
	 * Creates the handshake of a client that may be able to resume sessions.
	 * @param client the client's description of itself
	 * @param user the data of the game
	 * @param resume the session that the client asks for; {@code null} if it cannot
	 * resume sessions
	 */
	public HandshakeRequest(ClientInfo client, UserPart user, @Nullable ResumeRequest resume) {
		this.client = client;
		this.user = user;
		this.resume = resume;
	}

	/**
	 * Creates the handshake of a client.
	 * @param client the client's description of itself
	 * @param user a value that is written as a JSON object: a map, a record, a tree;
	 * {@code null} for none
	 * @return the handshake, ready to be sent
	 * @throws IllegalArgumentException if the user part is not a JSON object
	 */
	public static HandshakeRequest of(ClientInfo client, @Nullable Object user) {
		return new HandshakeRequest(client, UserPart.of(user));
	}

	/**
	 * Parses a handshake.
	 * @param body the body of the packet; may be empty
	 * @return the handshake, which does not refer to {@code body}
	 * @throws ProtocolException if the body is not a JSON object, or one of its parts is
	 * neither an object nor absent nor {@code null}
	 */
	public static HandshakeRequest parse(byte[] body) {
		ObjectNode root = (body.length > 0) ? Json.read(body) : Json.object();
		ObjectNode sys = Json.part(root, "sys");
		return new HandshakeRequest(ClientInfo.of(sys), UserPart.checked(Json.part(root, "user")),
				ResumeRequest.of(sys));
	}

	/**
	 * Returns the client's description of itself.
	 * @return never {@code null}; {@link ClientInfo#UNKNOWN} if it sent none
	 */
	public ClientInfo client() {
		return client;
	}

	/**
	 * Returns the user part.
	 * @return a new tree each time, empty if there was none
	 */
	public JsonNode user() {
		return user.tree();
	}

	/**
	 * Returns the user part as an object of a type of the game.
	 * @param <T> the type to read
	 * @param type the type to read; unknown fields are ignored
	 * @return a new object each time, read from <code>{}</code> if there was no user part
	 * @throws ProtocolException if the user part does not fit the type
	 */
	public <T> T user(Class<T> type) {
		return user.as(type);
	}

	/**
	 * Returns the user part, not parsed.
	 * @return the data of the game
	 */
	public UserPart userPart() {
		return user;
	}

	/**
	 * Returns the session that the client asks for.
	 * @return the request, or {@code null} if the client cannot resume sessions
	 */
	public @Nullable ResumeRequest resume() {
		return resume;
	}

	/**
	 * Returns the body of the handshake packet.
	 * @return a new array, UTF-8
	 */
	public byte[] toJson() {
		ObjectNode root = Json.object();
		ObjectNode sys = client.toTree();
		if (resume != null) {
			sys.set("resume", resume.toTree());
		}
		root.set("sys", sys);
		if (!user.isEmpty()) {
			root.set("user", user());
		}
		return Json.write(root);
	}

}
