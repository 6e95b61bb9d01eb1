package io.nanogame.cluster.group;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.nanogame.cluster.frame.CloseOrder;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.GroupFrame;
import io.nanogame.cluster.frame.GroupFrame.GroupPush;
import io.nanogame.cluster.frame.MemberFrame;
import io.nanogame.cluster.frame.MemberFrame.MembersQuery;
import io.nanogame.group.Group;
import io.nanogame.group.GroupClosedException;
import io.nanogame.group.GroupListener;
import io.nanogame.group.LocalGroup;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A group of the cluster in the view of one node. This node decides which of its clients
 * are members. It knows the members on other nodes as these have reported them, as soon
 * as its own game uses the group.
 */
final class ClusterGroup implements Group {

	private final GroupHost host;

	private final ClusterGroups groups;

	private final LocalGroup view;

	private final OwnMembers own;

	private final GroupMembers members;

	private final Lifetime lifetime;

	private final GroupPushes pushes;

	private final MemberMoves moves;

	private final long createdNanos;

	/** The number of the first order to join, by the node that has sent it. */
	private final Map<String, Long> firstOrders = new ConcurrentHashMap<>(2);

	/** Null while only other nodes use this group. */
	private volatile @Nullable Consumer<Group> onClose;

	/** Whether the group is closed on all nodes when it is closed here. */
	private volatile boolean closesAll;

	/**
	 * The node that has closed the group on all nodes; null if it is closed here only.
	 */
	private volatile @Nullable String closedBy;

	ClusterGroup(ClusterGroups groups, String name) {
		this.groups = groups;
		this.host = groups.host();
		this.createdNanos = this.host.nanoTime();
		this.view = this.host.view(name, this::closedHere);
		MovingMembers moving = new MovingMembers(this.host, this::endWindow);
		this.own = new OwnMembers(this.host, this.view, moving, this::receive, this::receivePush,
				groups.peers()::changed);
		this.members = new GroupMembers(groups, this.view, this.own, this::endWindow, () -> groups.unused(this));
		this.moves = new MemberMoves(groups, this.view, this.own, moving);
		this.lifetime = this.host.lifetime(this::expired);
		this.pushes = new GroupPushes(this.host, this.view, moving, new RemotePushes(groups, name, moving));
		this.view.addListener(this.members, Runnable::run);
	}

	/** The game of this node uses the group. */
	void open(Consumer<Group> closeAction) {
		this.onClose = closeAction;
		this.own.open();
		// Their gateways confirm that the members of an earlier group have left.
		this.groups.orders().repeat(name());
		if (this.groups.peers().opened(name())) {
			this.host.publishPush(name(), new MembersQuery(name()));
		}
	}

	@Override
	public String name() {
		return this.view.name();
	}

	@Override
	public boolean add(Session session) {
		return this.members.add(session);
	}

	@Override
	public boolean leave(Session session) {
		return this.members.leave(session);
	}

	@Override
	public void leaveAll() {
		this.members.leaveAll();
	}

	@Override
	public void broadcast(String route, Object payload) {
		checkOpen();
		this.pushes.broadcast(route, payload);
	}

	/** Publishes the merged pushes before a change or another push of this node. */
	void endWindow() {
		this.pushes.endWindow();
	}

	private void checkOpen() {
		if (isClosed()) {
			throw new GroupClosedException(name());
		}
	}

	@Override
	public void multicast(String route, Object payload, Predicate<Session> predicate) {
		endWindow();
		this.view.multicast(route, payload, predicate);
	}

	@Override
	public void pushLatest(String route, @Nullable Object key, Supplier<? extends @Nullable Object> state) {
		endWindow();
		this.view.pushLatest(route, key, state);
	}

	@Override
	public List<Session> members() {
		return this.view.members();
	}

	@Override
	public List<String> memberIds() {
		return this.view.memberIds();
	}

	@Override
	public boolean contains(Session session) {
		return this.view.contains(session);
	}

	@Override
	public boolean contains(String uid) {
		return this.view.contains(uid);
	}

	@Override
	public int count() {
		return this.view.count();
	}

	@Override
	public void addListener(GroupListener listener, Executor executor) {
		this.view.addListener(listener, executor);
	}

	@Override
	public void removeListener(GroupListener listener) {
		this.view.removeListener(listener);
	}

	@Override
	public void expireAfter(Duration ttl) {
		checkOpen();
		this.lifetime.start(ttl);
		this.groups.orders().expireAfter(name(), ttl, this.view::isClosed);
	}

	@Override
	public void renew() {
		checkOpen();
		this.lifetime.renew();
		this.groups.orders().renew(name(), this.view::isClosed);
	}

	private void expired() {
		this.closesAll = true;
		this.view.tryToClose();
	}

	/** On this node only: sessions may be joining on other nodes. */
	@Override
	public boolean closeIfEmpty() {
		return this.view.closeIfEmpty();
	}

	@Override
	public void close() {
		this.closesAll = true;
		this.view.close();
	}

	/** Another node has ordered that a session joins. */
	void joinOrdered(String from, long number) {
		this.firstOrders.putIfAbsent(from, number);
	}

	/**
	 * Another node has closed the group a while ago: this one, unless it is newer. It is
	 * not if it has members whom that node has added before.
	 */
	void closedElsewhere(String from, CloseOrder close) {
		boolean isNewer = this.host.nanoTime() - this.createdNanos < close.elapsed().toNanos();
		if (!isNewer || this.firstOrders.getOrDefault(from, Long.MAX_VALUE) < close.number()) {
			this.closedBy = from;
			this.view.tryToClose();
		}
	}

	@Override
	public boolean isClosed() {
		return this.view.isClosed();
	}

	private void closedHere(Group closed) {
		endWindow();
		this.own.close();
		this.lifetime.cancel();
		String node = this.closesAll ? this.host.self() : this.closedBy;
		if (node != null) {
			this.moves.closedBy(node);
		}
		if (this.closesAll) {
			// Before the group can be opened again.
			this.groups.orders().close(name());
		}
		this.groups.forget(this);
		Consumer<Group> action = this.onClose;
		if (action != null) {
			action.accept(this);
		}
	}

	/** Unsubscribes if neither the game nor a client of this node needs the group. */
	boolean closeIfUnused() {
		boolean isUnused = this.own.closeIfUnused();
		if (isUnused) {
			this.lifetime.cancel();
		}
		return isUnused;
	}

	OwnMembers own() {
		return this.own;
	}

	GroupMembers membership() {
		return this.members;
	}

	/** Returns the moves of members between nodes. */
	MemberMoves moves() {
		return this.moves;
	}

	Lifetime lifetime() {
		return this.lifetime;
	}

	// From other nodes

	void receive(String from, Frame frame) {
		if (frame instanceof GroupPush push) {
			push(from, push);
		}
		else if (frame instanceof GroupFrame group) {
			group.deliver(from, this.groups.received());
		}
		else if (frame instanceof MemberFrame member) {
			member.deliver(from, this.members);
		}
	}

	/** Changes of a group are published to its presence, too. */
	private void receivePush(String from, Frame frame) {
		if (frame instanceof GroupPush || frame instanceof MembersQuery || !this.own.isOpened()) {
			receive(from, frame);
		}
	}

	void push(String from, GroupPush push) {
		this.pushes.receive(from, push);
	}

}
