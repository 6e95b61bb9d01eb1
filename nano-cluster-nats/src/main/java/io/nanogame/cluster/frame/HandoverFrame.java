package io.nanogame.cluster.frame;

/**
 * A frame about a session that moves to another gateway. Received by
 * {@link HandoverReceiver}.
 */
public sealed interface HandoverFrame extends Frame permits ClaimFrame, MoveFrame, SessionParked {

	/**
	 * Calls the method of this frame.
	 * @param from the id of the node that has sent it
	 * @param receiver receives the frame
	 */
	void deliver(String from, HandoverReceiver receiver);

}
