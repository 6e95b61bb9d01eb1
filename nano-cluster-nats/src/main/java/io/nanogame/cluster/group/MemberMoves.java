package io.nanogame.cluster.group;

import io.nanogame.group.GroupListener.Member;
import io.nanogame.group.LocalGroup;
import io.nanogame.group.Memberships;
import io.nanogame.session.Session;

/**
 * The moves of members of one group from one node to another. Thread-safe.
 */
final class MemberMoves {

	private final GroupHost host;

	private final LocalGroup view;

	private final Memberships members;

	private final OwnMembers own;

	private final MemberOrders orders;

	private final MovingMembers moving;

	/** Publishes the merged pushes of the group, before its members change. */
	private final Runnable endWindow;

	MemberMoves(ClusterGroups groups, LocalGroup view, OwnMembers own, MovingMembers moving, Runnable endWindow) {
		this.host = groups.host();
		this.view = view;
		this.members = view.memberships();
		this.own = own;
		this.orders = groups.memberOrders();
		this.moving = moving;
		this.endWindow = endWindow;
	}

	/** A member of this node moves to another one. Returns false if it is no member. */
	boolean leave(Session session) {
		if (!this.view.contains(session)) {
			return false;
		}
		this.endWindow.run();
		this.moving.begin(session, () -> {
			if (this.own.isOpened()) {
				this.members.resume(session.id());
			}
			else {
				this.members.leave(session.id());
			}
		});
		return true;
	}

	/** No more pushes are passed on to a member that has moved to another node. */
	void left(long session) {
		this.moving.end(session, this.own::moved);
	}

	/** A member of another node has moved to this one. */
	void arrive(Session session) {
		this.moving.begin(session, () -> {
			boolean isKnown = this.members.contains(session.id());
			this.members.hold(session);
			if (isKnown) {
				this.own.joined(new Member(session.id(), session.uid()));
			}
		});
	}

	/** All nodes send their pushes to this node, and none passes them on. */
	void settle(long session) {
		this.moving.end(session, () -> this.members.resume(session));
	}

	/** A member has moved from a node to another one. Neither of them is this one. */
	void moved(long session, String former, String to) {
		Session present = this.members.moved(session,
				(member) -> (member instanceof LightMember light && light.server().equals(former)) ? light.on(to)
						: member);
		if (present != null) {
			this.host.recipients().moved(present, former, to);
		}
		this.orders.moved(this.view, session, former, to);
	}

}
