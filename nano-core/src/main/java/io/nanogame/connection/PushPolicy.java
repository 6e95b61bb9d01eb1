package io.nanogame.connection;

/**
 * The treatment of a push to a client that does not read, so that its queued output is
 * above the high-water mark.
 */
public enum PushPolicy {

	/**
	 * The client is disconnected with {@code slow-consumer}, after which it should
	 * reconnect: for pushes that must not be lost.
	 */
	DISCONNECT,

	/** The push is dropped: for pushes that may be lost. */
	DROP,

	/**
	 * The push is held, and replaced by the next one of the same key. The newest is sent
	 * as soon as the client reads again: for states, such as a position.
	 */
	COALESCE

}
