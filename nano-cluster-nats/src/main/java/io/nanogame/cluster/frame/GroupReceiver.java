package io.nanogame.cluster.frame;

import io.nanogame.cluster.frame.GroupFrame.GroupClosed;
import io.nanogame.cluster.frame.GroupFrame.GroupExpiry;
import io.nanogame.cluster.frame.GroupFrame.GroupOrderApplied;
import io.nanogame.cluster.frame.GroupFrame.GroupPush;
import io.nanogame.cluster.frame.GroupFrame.GroupRenewed;

/**
 * Receives the frames about groups. Called on the thread that reads from the network, in
 * the order of sending, with the id of the sender; must not block.
 */
public interface GroupReceiver {

	void push(String from, GroupPush push);

	void groupClosed(String from, GroupClosed closed);

	void groupExpires(String from, GroupExpiry expiry);

	void groupRenewed(String from, GroupRenewed renewed);

	void groupOrderApplied(String from, GroupOrderApplied applied);

}
