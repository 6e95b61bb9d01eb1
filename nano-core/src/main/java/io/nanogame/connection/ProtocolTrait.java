package io.nanogame.connection;

/**
 * A capability of a {@link Protocol}, with contract tests.
 */
public enum ProtocolTrait {

	/** Clients can identify themselves before their session opens. */
	INTRODUCTION,

	/** Clients send requests, which receive a reply, and notifies, which do not. */
	REQUESTS,

	/** A reply has the id of its request, so that replies may overtake each other. */
	ANSWERS_BY_ID,

	/** The server sends pushes. */
	PUSHES,

	/** The last message of the server contains the reason of a disconnection. */
	FAREWELL,

	/** Messages are text in UTF-8. */
	TEXT,

	/**
	 * Messages are those of a WebSocket, as the client has sent them. Such a protocol
	 * serves no client without a WebSocket, and is not {@link Protocol#isDetectable()
	 * detectable}.
	 *
	 * @see Wire#receiveMessages()
	 */
	MESSAGES,

	/**
	 * Clients send heartbeats. Without them, the server pings WebSockets, and ends other
	 * connections that are idle for longer than {@link ConnectionSettings#idleTimeout()}.
	 */
	HEARTBEATS

}
