package io.nanogame.cluster.group;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.nanogame.cluster.backend.RemoteSession;
import io.nanogame.cluster.frame.GroupNumber;
import io.nanogame.cluster.frame.MemberFrame.MemberJoined;
import io.nanogame.cluster.frame.MemberFrame.MemberLeft;
import io.nanogame.cluster.frame.MemberFrame.MemberList;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.cluster.frame.MemberFrame.MembersQuery;
import io.nanogame.cluster.frame.MemberFrame.OrderApplied;
import io.nanogame.cluster.frame.MemberReceiver;
import io.nanogame.cluster.frame.MemberSnapshot;
import io.nanogame.group.Group;
import io.nanogame.group.GroupListener;
import io.nanogame.group.LocalGroup;
import io.nanogame.group.Memberships;
import io.nanogame.session.Session;

/**
 * The members of a group in the view of one node. The gateway of a session decides
 * whether it is a member: this node adds and removes sessions of other nodes in its view,
 * and sends an order to their gateways. Until an order is confirmed, reports about its
 * session do not change the view. Thread-safe.
 */
final class GroupMembers implements MemberReceiver, GroupListener {

	private final GroupHost host;

	private final LocalGroup view;

	private final Memberships members;

	private final OwnMembers own;

	private final RemoteMembers remote = new RemoteMembers();

	private final MemberOrders orders;

	private final GroupMoves moves;

	private final GroupOrders closes;

	private final PresencePeers peers;

	/** Publishes the merged pushes of the group, before its members change. */
	private final Runnable endWindow;

	/** Called when the last own member has left. */
	private final Runnable unused;

	GroupMembers(ClusterGroups groups, LocalGroup view, OwnMembers own, Runnable endWindow, Runnable unused) {
		this.host = groups.host();
		this.view = view;
		this.members = view.memberships();
		this.own = own;
		this.orders = groups.memberOrders();
		this.moves = groups.moves();
		this.closes = groups.orders();
		this.peers = groups.peers();
		this.endWindow = endWindow;
		this.unused = unused;
	}

	private String name() {
		return this.view.name();
	}

	boolean add(Session session) {
		if (RemoteSession.gatewayOf(session) == null) {
			return this.view.add(session);
		}
		this.endWindow.run();
		boolean added = this.view.add(session);
		if (added) {
			if (!this.orders.toJoin(this.view, session)) {
				this.moves.joined(session, name());
			}
			// An earlier report may have removed it before there was an order.
			this.members.admit(session);
			if (!session.isOpen()) {
				// It may have left before the order was added.
				this.orders.left(name(), session.id(), false);
			}
		}
		return added;
	}

	boolean leave(Session session) {
		if (RemoteSession.gatewayOf(session) == null || this.view.isClosed()) {
			return this.view.leave(session);
		}
		this.endWindow.run();
		// First, so that no earlier report adds it to the view again.
		orderToLeave(session);
		return this.view.leave(session);
	}

	/** A closed session leaves without an order, and its gateway may be down. */
	private void orderToLeave(Session session) {
		if (RemoteSession.gatewayOf(session) != null && session.isOpen()) {
			this.orders.toLeave(this.view, session);
		}
	}

	void leaveAll() {
		this.endWindow.run();
		this.view.members().forEach(this::orderToLeave);
		this.view.leaveAll();
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
		if (!this.host.isOwn(session)) {
			// Its gateway still receives the pushes, and its client is not kicked yet.
			this.endWindow.run();
			this.orders.left(name(), session, this.view.isClosed());
		}
		else if (this.own.left(session)) {
			this.unused.run();
		}
	}

	// Orders of other nodes for sessions of this one

	@Override
	public void memberOrdered(String from, MemberOrder order) {
		Session session = this.host.session(order.session());
		if (session != null && order.joins()) {
			this.members.admit(session);
		}
		else if (session != null) {
			this.members.leave(session.id());
		}
	}

	@Override
	public void membersQueried(String from, MembersQuery query) {
		this.peers.queried(from, List.of(new GroupNumber(name(), 0)), false);
	}

	// Members on other nodes

	@Override
	public void orderApplied(String from, OrderApplied applied) {
		MemberOrders.Order order = this.orders.confirm(from, applied);
		if (order == null || !isHeard(from)) {
			return;
		}
		if (!applied.member()) {
			evict(applied.session());
		}
		else if (!this.view.contains(order.session()) || !this.remote.isKnown(from)) {
			this.remote.doubt(from);
			query(from);
		}
	}

	@Override
	public void memberJoined(String from, MemberJoined joined) {
		if (receive(from, joined.number())) {
			admit(from, joined.member());
			removeIfDown(from);
		}
	}

	@Override
	public void memberLeft(String from, MemberLeft left) {
		if (receive(from, left.number())) {
			evict(left.session());
		}
	}

	/** Receives the number of a change. Returns whether it must be applied. */
	private boolean receive(String from, long number) {
		if (!isHeard(from)) {
			return false;
		}
		RemoteMembers.Receipt receipt = this.remote.report(from, number);
		if (receipt == RemoteMembers.Receipt.QUERY) {
			query(from);
		}
		if (receipt == RemoteMembers.Receipt.APPLY_FIRST) {
			evictAll(from, Map.of());
		}
		return receipt == RemoteMembers.Receipt.APPLY || receipt == RemoteMembers.Receipt.APPLY_FIRST;
	}

	@Override
	public void membersListed(String from, MemberList list) {
		List<MemberSnapshot> all = isHeard(from) ? this.remote.list(from, list) : null;
		if (all != null) {
			Map<Long, MemberSnapshot> listed = all.stream()
				.collect(Collectors.toMap(MemberSnapshot::session, Function.identity(), (one, same) -> one));
			evictAll(from, listed);
			all.stream()
				.filter((member) -> !this.members.contains(member.session()))
				.forEach((member) -> admit(from, member));
			removeIfDown(from);
		}
	}

	/** The gateway has applied the last close: the members are those after it. */
	void closeConfirmed(String node) {
		if (this.peers.isGateway(node) && isHeard(node)) {
			this.remote.doubt(node);
			query(node);
		}
	}

	/**
	 * The game of this node uses the group, and the gateway is up. Its reports before it
	 * has applied the last close of this node are about members of an earlier group.
	 */
	private boolean isHeard(String gateway) {
		return this.own.isOpened() && this.peers.isUp(gateway) && !this.closes.isClosing(gateway, name());
	}

	/** The gateway may be down since the report about it was received. */
	private void removeIfDown(String gateway) {
		if (!this.peers.isUp(gateway)) {
			evictAll(gateway, Map.of());
		}
	}

	private void query(String gateway) {
		this.peers.query(gateway, List.of(new GroupNumber(name(), this.remote.number(gateway))));
	}

	private void admit(String gateway, MemberSnapshot member) {
		long session = member.session();
		if (this.orders.find(name(), session) == null) {
			Session known = this.host.session(session);
			if (known != null) {
				this.members.admit(known);
			}
			else {
				this.members.admit(new LightMember(this.host, gateway, member));
			}
			MemberOrders.Order order = this.orders.find(name(), session);
			if (order != null && !order.joins()) {
				// The game has removed it meanwhile.
				this.members.leave(session);
			}
		}
	}

	private void evict(long session) {
		if (this.orders.find(name(), session) == null) {
			this.members.leave(session);
			MemberOrders.Order order = this.orders.find(name(), session);
			if (order != null && order.joins()) {
				// The game has added it meanwhile.
				this.members.admit(order.session());
			}
		}
	}

	/** Removes the members of a gateway except some. */
	private void evictAll(String gateway, Map<Long, ?> except) {
		this.members.onServer(gateway, RemoteSession::gatewayOf)
			.stream()
			.filter((session) -> !except.containsKey(session))
			.forEach(this::evict);
	}

	/** Returns the known number of a gateway's members; 0 if none is known. */
	long known(String gateway) {
		return this.remote.number(gateway);
	}

	/** Receives the number of a gateway. Returns whether to query its members. */
	boolean isBehind(String gateway, long number) {
		return isHeard(gateway) && this.remote.isBehind(gateway, number);
	}

	void nodeLost(String node) {
		this.remote.forget(node);
		evictAll(node, Map.of());
	}

}
