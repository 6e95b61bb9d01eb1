package io.nanogame.cluster.frame;

/**
 * Receives frames of other nodes.
 */
@FunctionalInterface
public interface FrameReceiver {

	/**
	 * Receives a frame. Called on the thread that reads from the network, in the order of
	 * sending; must not block.
	 * @param from the id of the node that has sent it
	 * @param frame the frame
	 */
	void receive(String from, Frame frame);

	/**
	 * Called after the last frame of a message, on the same thread; must not block or
	 * throw.
	 */
	default void endOfMessage() {
		// Most receivers handle each frame by itself.
	}

}
