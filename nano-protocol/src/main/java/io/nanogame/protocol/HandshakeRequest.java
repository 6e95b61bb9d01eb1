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
 * Instances live as long as their sessions. To keep them small, the user part is stored
 * as bytes and parsed on each access. Immutable, any thread.
 */
public final class HandshakeRequest {

	private static final byte[] NO_USER = {};

	private static final byte[] EMPTY_OBJECT = { '{', '}' };

	private final ClientInfo client;

	private final byte[] user;

	private HandshakeRequest(ClientInfo client, ObjectNode user) {
		this.client = client;
		this.user = user.isEmpty() ? NO_USER : Json.write(user);
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
		JsonNode tree = (user != null) ? Json.toTree(user) : Json.object();
		if (tree instanceof ObjectNode object) {
			return new HandshakeRequest(client, object);
		}
		throw new IllegalArgumentException("The user part must be a JSON object, not " + tree.getNodeType());
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
		HandshakeRequest request = new HandshakeRequest(ClientInfo.of(Json.part(root, "sys")), Json.part(root, "user"));
		// Field names that are not valid Unicode can be read and written, but not read
		// again. Reading once more rejects them here, before they reach the game.
		request.user();
		return request;
	}

	/**
	 * Parses a user part, for protocols whose handshake has no other part.
	 * @param client the client's description
	 * @param user the user part as JSON
	 * @return the handshake, which does not refer to {@code user}
	 * @throws ProtocolException if the user part is not a JSON object
	 */
	public static HandshakeRequest parseUser(ClientInfo client, byte[] user) {
		HandshakeRequest request = new HandshakeRequest(client, Json.read(user));
		request.user();
		return request;
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
		return (user.length > 0) ? Json.read(user) : Json.object();
	}

	/**
	 * Returns the user part as an object of a type of the game.
	 * @param <T> the type to read
	 * @param type the type to read; unknown fields are ignored
	 * @return a new object each time, read from <code>{}</code> if there was no user part
	 * @throws ProtocolException if the user part does not fit the type
	 */
	public <T> T user(Class<T> type) {
		return Json.userPart((user.length > 0) ? user : EMPTY_OBJECT, type);
	}

	/**
	 * Returns the body of the handshake packet.
	 * @return a new array, UTF-8
	 */
	public byte[] toJson() {
		ObjectNode root = Json.object();
		root.set("sys", client.toTree());
		if (user.length > 0) {
			root.set("user", user());
		}
		return Json.write(root);
	}

}
