package io.nanogame.cluster.frame;

import io.nanogame.cluster.frame.MemberFrame.MemberJoined;
import io.nanogame.cluster.frame.MemberFrame.MemberLeft;
import io.nanogame.cluster.frame.MemberFrame.MemberList;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.cluster.frame.MemberFrame.MembersQuery;
import io.nanogame.cluster.frame.MemberFrame.OrderApplied;

/**
 * Receives the frames about members of groups. Called on the thread that reads from the
 * network, in the order of sending, with the id of the sender; must not block.
 */
public interface MemberReceiver {

	void memberOrdered(String from, MemberOrder order);

	void orderApplied(String from, OrderApplied applied);

	void memberJoined(String from, MemberJoined joined);

	void memberLeft(String from, MemberLeft left);

	void membersQueried(String from, MembersQuery query);

	void membersListed(String from, MemberList list);

}
