package io.nanogame.connection;

/**
 * The life cycle of a {@link ClientConnection}.
 */
enum ConnectionState {

	CONNECTED, OPEN, ENDING, CLOSED

}
