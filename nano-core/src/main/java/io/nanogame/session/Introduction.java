package io.nanogame.session;

import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.UserPart;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The description that a client has sent of itself before its session opened, whatever
 * its protocol is. Kept as long as the session. Immutable.
 */
public final class Introduction {

	/** The introduction of a client that has sent nothing about itself. */
	public static final Introduction UNKNOWN = new Introduction(ClientInfo.UNKNOWN, UserPart.NONE);

	private final ClientInfo client;

	private final UserPart user;

	/**
	 * Creates the introduction of a client.
	 * @param client its type and version
	 * @param user its data for the game
	 */
	public Introduction(ClientInfo client, UserPart user) {
		this.client = client;
		this.user = user;
	}

	/**
	 * Creates the introduction of a client from a value.
	 * @param client its type and version
	 * @param user a value that is written as a JSON object, or null for none
	 * @return the introduction
	 * @throws IllegalArgumentException if the value is not a JSON object
	 */
	public static Introduction of(ClientInfo client, @Nullable Object user) {
		return new Introduction(client, UserPart.of(user));
	}

	/**
	 * Returns the type and the version of the client.
	 * @return {@link ClientInfo#UNKNOWN} if it has sent none
	 */
	public ClientInfo client() {
		return this.client;
	}

	/**
	 * Returns the data of the client for the game, such as a token.
	 * @return a new tree each time, empty if it has sent none
	 */
	public JsonNode user() {
		return this.user.tree();
	}

	/**
	 * Returns the data of the client as an object of a type of the game.
	 * @param <T> the type to read
	 * @param type the type to read; unknown fields are ignored
	 * @return a new object each time, read from <code>{}</code> if there are no data
	 * @throws io.nanogame.protocol.ProtocolException if the data do not fit the type
	 */
	public <T> T user(Class<T> type) {
		return this.user.as(type);
	}

	/**
	 * Returns the data of the client, not parsed.
	 * @return the user part
	 */
	public UserPart userPart() {
		return this.user;
	}

}
