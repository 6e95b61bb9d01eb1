package io.nanogame.cluster.group;

import io.nanogame.cluster.backend.RemoteSession;
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

	MemberMoves(ClusterGroups groups, LocalGroup view, OwnMembers own, MovingMembers moving) {
		this.host = groups.host();
		this.view = view;
		this.members = view.memberships();
		this.own = own;
		this.orders = groups.memberOrders();
		this.moving = moving;
	}

	/** A member of this node moves to another one. Returns false if it is no member. */
	boolean leave(Session session) {
		if (!this.view.contains(session)) {
			if (this.own.contains(session.id())) {
				// It leaves the group just now.
				this.own.left(session.id());
			}
			return false;
		}
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
		this.moving.end(session, () -> this.own.moved(session));
	}

	/** A member that has moved from here is sent the pushes of a node that adds it. */
	void follow(Session session) {
		this.moving.begin(session, () -> {
		});
	}

	/** Waits until the pushes of this node that have begun are passed on. */
	void awaitPushes() {
		this.moving.awaitPushes();
	}

	/**
	 * The group is closed on all nodes, also for members that have moved from here. If
	 * the node that has closed it did not know that yet, their new owner may have opened
	 * the group after the close, for them.
	 */
	void closedBy(String node) {
		for (Session session : this.moving.all()) {
			String gateway = RemoteSession.gatewayOf(session);
			if (gateway != null && !this.host.isOwn(session.id())) {
				this.own.moved(session.id());
				if (this.host.pushes().passesOn(session.id(), node)) {
					this.orders.toLeaveLater(this.view.name(), session, gateway);
				}
			}
		}
	}

	/** A member of another node has moved to this one. */
	void arrive(Session session) {
		this.moving.begin(session, () -> {
			this.members.hold(session);
			joinedHere(session);
		});
	}

	/** At once, because other nodes may be notified of its move before listeners are. */
	private void joinedHere(Session session) {
		if (this.members.contains(session.id())) {
			this.own.joined(new Member(session.id(), session.uid()));
		}
	}

	/** A member that was added as one of another node is one of this node. */
	void adopt(Session session) {
		this.members.resume(session.id());
		joinedHere(session);
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
	}

}
