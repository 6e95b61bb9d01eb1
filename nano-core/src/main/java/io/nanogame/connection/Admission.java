package io.nanogame.connection;

import org.jspecify.annotations.Nullable;

/**
 * How a protocol passes the decision about a client on to it. One of the methods is
 * called, once, on the loop of the connection, unless the connection ends before.
 *
 * @see ClientConnection#introduce
 */
public interface Admission {

	/**
	 * The client may come in. Its session opens with {@link ClientConnection#opened()},
	 * now or when the client has confirmed.
	 * @param user what validators give the client, as JSON, or null
	 */
	void accepted(byte @Nullable [] user);

	/**
	 * The client is refused. The connection ends behind what this appends.
	 * @param code an HTTP-like status
	 * @param message for the developer of the client
	 */
	void refused(int code, String message);

}
