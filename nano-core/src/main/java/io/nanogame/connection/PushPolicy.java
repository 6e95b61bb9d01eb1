package io.nanogame.connection;

/**
 * What becomes of a push to a client that does not read: one with more than the
 * high-water mark waiting for it.
 */
public enum PushPolicy {

	/**
	 * The client is disconnected, with a kick that says why: for pushes a game cannot do
	 * without.
	 */
	DISCONNECT,

	/** The push is dropped: for pushes that may be missed. */
	DROP,

	/**
	 * The push waits, and the next one of the same key takes its place; what is newest
	 * leaves as soon as the client reads again: for states, such as a position.
	 */
	COALESCE

}
