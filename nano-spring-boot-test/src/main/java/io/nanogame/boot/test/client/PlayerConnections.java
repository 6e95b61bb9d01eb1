package io.nanogame.boot.test.client;

import io.nanogame.serialize.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Creates the connections of players: {@link SocketConnections}, or those in the memory
 * of a slice.
 */
public interface PlayerConnections {

	/**
	 * Creates a connection that is not open yet.
	 * @param user the user data of the handshake, or null
	 * @param serializer the serializer of the player's session
	 * @param resumable whether the player can resume its session
	 * @param inbox receives pushes and the end of the connection
	 * @return the connection of one player
	 */
	PlayerConnection connection(@Nullable Object user, Serializer serializer, boolean resumable, Inbox inbox);

}
