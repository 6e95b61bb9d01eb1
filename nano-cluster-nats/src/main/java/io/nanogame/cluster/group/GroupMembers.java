package io.nanogame.cluster.group;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.nanogame.cluster.backend.RemoteSession;
import io.nanogame.cluster.frame.MemberFrame.MemberJoined;
import io.nanogame.cluster.frame.MemberFrame.MemberLeft;
import io.nanogame.cluster.frame.MemberFrame.MemberList;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.cluster.frame.MemberFrame.MembersQuery;
import io.nanogame.cluster.frame.MemberReceiver;
import io.nanogame.cluster.frame.MemberSnapshot;
import io.nanogame.group.Group;
import io.nanogame.group.GroupListener;
import io.nanogame.group.LocalGroup;
import io.nanogame.session.Session;

/**
 * The members of a group in the view of one node. The gateway of a session decides
 * whether it is a member: this node adds and removes sessions of other nodes in its view,
 * and sends an order to their gateways. Thread-safe.
 */
final class GroupMembers implements MemberReceiver, GroupListener {

	private final GroupHost host;

	private final LocalGroup view;

	private final OwnMembers own;

	private final MemberOrders orders;

	/** Publishes the merged pushes of the group, before its members change. */
	private final Runnable endWindow;

	/** Called when the last own member has left. */
	private final Runnable unused;

	GroupMembers(GroupHost host, LocalGroup view, OwnMembers own, Runnable endWindow, Runnable unused) {
		this.host = host;
		this.view = view;
		this.own = own;
		this.orders = new MemberOrders(host, view.name());
		this.endWindow = endWindow;
		this.unused = unused;
	}

	boolean add(Session session) {
		String gateway = RemoteSession.gatewayOf(session);
		if (gateway == null) {
			return this.view.add(session);
		}
		this.endWindow.run();
		boolean added = this.view.add(session);
		if (added) {
			this.orders.toJoin(session.id(), gateway);
			if (!session.isOpen()) {
				// It may have left before the order was added.
				this.orders.forget(session.id());
			}
		}
		return added;
	}

	boolean leave(Session session) {
		String gateway = RemoteSession.gatewayOf(session);
		if (gateway == null) {
			return this.view.leave(session);
		}
		this.endWindow.run();
		boolean left = this.view.leave(session);
		orderToLeave(session);
		return left;
	}

	/** A closed session leaves without an order, and its gateway may be down. */
	private void orderToLeave(Session session) {
		String gateway = RemoteSession.gatewayOf(session);
		if (gateway != null && session.isOpen()) {
			this.orders.toLeave(session.id(), gateway);
		}
	}

	void leaveAll() {
		this.endWindow.run();
		List<Session> members = this.view.members();
		this.view.leaveAll();
		members.forEach(this::orderToLeave);
	}

	/** Returns the gateways that may not be subscribed to the pushes of the group yet. */
	Set<String> unconfirmedGateways() {
		return this.orders.unconfirmedGateways();
	}

	// Changes of the view, one call at a time

	@Override
	public void joined(Group group, Member member) {
		if (this.host.isOwn(member.sessionId())) {
			this.own.joined(member);
		}
	}

	@Override
	public void left(Group group, Member member) {
		long session = member.sessionId();
		boolean isOwn = this.host.isOwn(session);
		if (!isOwn) {
			// Its gateway still receives the pushes, and its client is not kicked yet.
			this.endWindow.run();
		}
		this.orders.forget(session);
		if (isOwn && this.own.left(session)) {
			this.unused.run();
		}
	}

	// From other nodes

	@Override
	public void memberOrdered(String from, MemberOrder order) {
		Session session = this.host.session(order.session());
		if (session == null) {
			this.host.publishPresence(order.group(), new MemberLeft(order.group(), order.session()));
		}
		else if (!this.own.confirm(session, order.joins())) {
			change(session, order.joins());
		}
	}

	private void change(Session session, boolean joins) {
		if (joins) {
			this.view.admit(session);
		}
		else {
			this.view.evict(session.id());
		}
	}

	@Override
	public void memberJoined(String from, MemberJoined joined) {
		admit(from, joined.member());
	}

	private void admit(String gateway, MemberSnapshot member) {
		if (this.orders.confirmJoined(member.session()) && this.own.isOpened()) {
			this.view.admit(this.host.recipient(gateway, member));
		}
	}

	@Override
	public void memberLeft(String from, MemberLeft left) {
		this.orders.confirmLeft(left.session());
		this.view.evict(left.session());
	}

	@Override
	public void membersQueried(String from, MembersQuery query) {
		this.own.sendTo(from);
	}

	@Override
	public void membersListed(String from, MemberList list) {
		if (!this.own.isOpened()) {
			return;
		}
		Set<Long> listed = list.members().stream().map(MemberSnapshot::session).collect(Collectors.toSet());
		for (Session known : this.view.members()) {
			long id = known.id();
			if (id >= list.first() && id <= list.last() && from.equals(RemoteSession.gatewayOf(known))
					&& !listed.contains(id) && !this.orders.contains(id)) {
				this.view.evict(id);
			}
		}
		list.members().forEach((member) -> admit(from, member));
	}

	/** Repeats all frames that may be lost. */
	void reconnected() {
		this.orders.repeat();
		this.own.publish();
	}

	/** Repeats the orders to a gateway, because they may be lost. */
	void peerReconnected(String gateway) {
		this.orders.repeatTo(gateway);
	}

	void nodeLost(String node) {
		this.orders.gatewayLost(node);
		for (Session known : this.view.members()) {
			if (node.equals(RemoteSession.gatewayOf(known))) {
				this.view.evict(known.id());
			}
		}
	}

}
