package io.nanogame.cluster.frame;

import io.nanogame.cluster.frame.LeaveFrame.LeaveQuery;
import io.nanogame.cluster.frame.LeaveFrame.LeaveReply;

/**
 * Receives the frames about nodes that leave. Called on the thread that reads from the
 * network, in the order of sending, with the id of the sender; must not block.
 */
public interface LeaveReceiver {

	void leaveQuery(String from, LeaveQuery query);

	void leaveReply(String from, LeaveReply reply);

}
