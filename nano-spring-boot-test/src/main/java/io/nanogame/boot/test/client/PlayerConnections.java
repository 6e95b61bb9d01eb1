package io.nanogame.boot.test.client;

import org.jspecify.annotations.Nullable;

/**
 * Creates the connections of players: {@link SocketConnections}, or those in the memory
 * of a slice.
 */
public interface PlayerConnections {

	/**
	 * Creates a connection that is not open yet.
	 * @param user the user data of the handshake, or null
	 * @param inbox receives pushes and the end of the connection
	 * @return the connection of one player
	 */
	PlayerConnection connection(@Nullable Object user, Inbox inbox);

}
