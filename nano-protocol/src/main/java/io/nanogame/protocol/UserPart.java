package io.nanogame.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data of the game in a handshake, such as a name or a token: a JSON object. Kept as
 * bytes and parsed on each access, because it lives as long as the session. Immutable.
 */
public final class UserPart {

	/** The user part of a client that sent none. */
	public static final UserPart NONE = new UserPart(new byte[] { '{', '}' });

	/** UTF-8. */
	private final byte[] json;

	private UserPart(byte[] json) {
		this.json = json;
	}

	/**
	 * Creates a user part.
	 * @param user a value that is written as a JSON object: a map, a record, a tree;
	 * {@code null} for none
	 * @return the user part
	 * @throws IllegalArgumentException if the value is not a JSON object
	 */
	public static UserPart of(@Nullable Object user) {
		JsonNode tree = (user != null) ? Json.toTree(user) : Json.object();
		if (tree instanceof ObjectNode object) {
			return of(object);
		}
		throw new IllegalArgumentException("The user part must be a JSON object, not " + tree.getNodeType());
	}

	static UserPart of(ObjectNode user) {
		return user.isEmpty() ? NONE : new UserPart(Json.write(user));
	}

	/**
	 * Parses a user part.
	 * @param json a JSON object
	 * @return the user part, which does not refer to {@code json}
	 * @throws ProtocolException if the bytes are not a JSON object
	 */
	public static UserPart parse(byte[] json) {
		return checked(Json.read(json));
	}

	/**
	 * Field names that are not valid Unicode can be read and written, but not read again.
	 * Reading once more rejects them here, before they reach the game.
	 */
	static UserPart checked(ObjectNode user) {
		UserPart part = of(user);
		part.tree();
		return part;
	}

	/**
	 * Returns whether there are no data.
	 * @return {@code true} for an empty object
	 */
	public boolean isEmpty() {
		return this == NONE;
	}

	/**
	 * Returns the data.
	 * @return a new tree each time
	 */
	public JsonNode tree() {
		return Json.read(json);
	}

	/**
	 * Returns the data as an object of a type of the game.
	 * @param <T> the type to read
	 * @param type the type to read; unknown fields are ignored
	 * @return a new object each time, read from <code>{}</code> if there are no data
	 * @throws ProtocolException if the data do not fit the type
	 */
	public <T> T as(Class<T> type) {
		return Json.userPart(json, type);
	}

}
