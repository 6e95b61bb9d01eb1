package io.nanogame.connection;

/**
 * What a {@link Protocol} can do. It passes the contract tests of its traits.
 */
public enum ProtocolTrait {

	/** Clients can say who they are before their session opens. */
	INTRODUCTION,

	/** Clients send requests, each of which is answered, and notifies, which are not. */
	REQUESTS,

	/** An answer names its request, so that answers may overtake each other. */
	ANSWERS_BY_ID,

	/** The server sends messages of its own accord. */
	PUSHES,

	/** The last message of the server says why the connection ends. */
	FAREWELL,

	/** Messages are text in UTF-8. */
	TEXT,

	/**
	 * Clients send heartbeats. Without them, the server pings WebSockets, and ends other
	 * connections that are idle for longer than {@link ConnectionSettings#idleTimeout()}.
	 */
	HEARTBEATS

}
