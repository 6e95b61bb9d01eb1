package io.nanogame.connection;

import org.jspecify.annotations.Nullable;

/**
 * Reports the decision about a client to its protocol. One of the methods is called once,
 * on the loop of the connection, unless the connection ends before.
 *
 * @see ClientConnection#introduce
 */
public interface Admission {

	/**
	 * The client is accepted. The protocol opens its session with
	 * {@link ClientConnection#opened()}, now or when the client has confirmed.
	 * @param user what validators give the client, as JSON, or null
	 */
	void accepted(byte @Nullable [] user);

	/**
	 * The client is rejected. The connection ends after what this method appends.
	 * @param code an HTTP-like status
	 * @param message for the developer of the client
	 */
	void refused(int code, String message);

}
