package io.nanogame.node;

/**
 * Moves state of this node to other nodes while this one is drained, before maintenance
 * or before it stops. Thread-safe; no method blocks.
 */
public interface DrainTask {

	/**
	 * Returns whether state of other nodes is just arriving here. The services of this
	 * node can be called until that ends, for a few seconds after the drain was
	 * announced.
	 */
	boolean isReceiving();

	/** Called when the drain has begun: other nodes send no new work to this one. */
	void begin();

	/** Called when the drain is undone. */
	void undo();

	/**
	 * Returns whether all that can be moved has left this node. A stop waits for that, up
	 * to the time of a drain.
	 * @return true also when there is no node to move to
	 */
	boolean isDone();

}
