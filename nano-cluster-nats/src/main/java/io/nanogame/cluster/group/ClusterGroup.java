package io.nanogame.cluster.group;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.nanogame.cluster.backend.Backend;
import io.nanogame.cluster.wire.FrameHandler;
import io.nanogame.cluster.wire.Seated;
import io.nanogame.group.Group;
import io.nanogame.group.GroupClosedException;
import io.nanogame.group.GroupListener;
import io.nanogame.group.LocalGroup;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A group of the cluster as one node sees it. Who of the clients connected here is a
 * member is for this node to say; of the others it knows what their nodes have said, as
 * soon as its own game uses the group.
 * <p>
 * A push for all goes to the subject of the group, which a node hears while clients of
 * its own are members. A session that was added here and is connected elsewhere may be
 * the first of its node: until that node has said that it is in, pushes go there
 * directly, and arrive behind the order to add it.
 */
final class ClusterGroup implements Group, FrameHandler, GroupListener {

	private final ClusterGroups groups;

	private final LocalGroup view;

	private final MemberOrders orders;

	private final MemberFrames frames;

	/** Null without merged routes. */
	private final @Nullable RemoteWindow remote;

	/**
	 * What this node publishes about its own members is published under it, after they
	 * have come or gone in the view, so that a list of them taken under it is true at its
	 * place in the order. Never held while the view is changed.
	 */
	private final Object lock = new Object();

	/** How many clients of this node are members. Guarded by the lock. */
	private int here;

	/** Ends hearing of pushes. Guarded by the lock. */
	private @Nullable Runnable endOfPushes;

	/** Ends hearing of others. Guarded by the lock. */
	private @Nullable Runnable endOfPresence;

	/** Null while only other nodes use this group. */
	private volatile @Nullable Consumer<Group> onClose;

	ClusterGroup(ClusterGroups groups, String name) {
		this.groups = groups;
		this.view = groups.view(name, this::closedHere);
		this.orders = new MemberOrders(groups, name);
		this.frames = new MemberFrames(groups.writer(), name);
		this.remote = groups.window(this::publish);
		this.view.addListener(this, Runnable::run);
	}

	/** The game of this node uses it. */
	void open(Consumer<Group> closeAction) {
		synchronized (this.lock) {
			this.onClose = closeAction;
			listen();
		}
		this.groups.publishPresence(name(), this.groups.writer().who(name()));
	}

	boolean isOpened() {
		return this.onClose != null;
	}

	/** Under the lock. */
	private void listen() {
		if (this.endOfPresence == null) {
			this.endOfPresence = this.groups.listenToPresence(name(), this);
		}
	}

	@Override
	public String name() {
		return this.view.name();
	}

	@Override
	public boolean add(Session session) {
		String gateway = Backend.gateway(session);
		if (gateway != null) {
			endWindow();
		}
		boolean added = this.view.add(session);
		if (gateway != null && added) {
			this.orders.toJoin(session.id(), gateway);
			if (!session.isOpen()) {
				// It may have left before the order was remembered.
				this.orders.forget(session.id());
			}
		}
		return added;
	}

	@Override
	public boolean leave(Session session) {
		if (Backend.gateway(session) != null) {
			endWindow();
		}
		boolean left = this.view.leave(session);
		tellToLeave(session);
		return left;
	}

	/** A session that is over leaves by itself, and its gateway may be gone for good. */
	private void tellToLeave(Session session) {
		String gateway = Backend.gateway(session);
		if (gateway != null && session.isOpen()) {
			this.orders.toLeave(session.id(), gateway);
		}
	}

	@Override
	public void leaveAll() {
		endWindow();
		List<Session> members = this.view.members();
		this.view.leaveAll();
		members.forEach(this::tellToLeave);
	}

	@Override
	public void broadcast(String route, Object payload) {
		checkOpen();
		MergedRoute merged = this.groups.settings().merged().find(route);
		OutboundMessage push = (merged != null) ? this.groups.push(merged, payload) : this.groups.push(route, payload);
		// Fails before any member receives it, when the value cannot be written.
		byte[] body = push.body();
		if (merged != null) {
			this.view.merge(push, merged, (loop, payloads) -> !Backend.carriesRemoteSessions(loop));
		}
		else {
			this.view.send(push, (loop, payloads) -> !Backend.carriesRemoteSessions(loop));
		}
		if (this.remote == null) {
			publish(route, body);
		}
		else if (merged != null) {
			this.remote.merge(push, merged);
		}
		else {
			this.remote.push(push);
		}
	}

	/** Publishes a push for the members on other nodes. */
	private void publish(String route, byte[] body) {
		Set<String> direct = this.orders.gatewaysThatMayNotHear();
		for (String gateway : direct) {
			this.groups.tell(gateway, this.groups.writer().groupPush(name(), route, body, Set.of()));
		}
		this.groups.publishPush(name(), this.groups.writer().groupPush(name(), route, body, direct));
	}

	/** Publishes the merged pushes before a change or another push of this node. */
	void endWindow() {
		if (this.remote != null) {
			this.remote.end();
		}
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
		this.view.expireAfter(ttl);
		this.groups.publishPresence(name(), this.groups.writer().groupExpires(name(), ttl));
	}

	@Override
	public void renew() {
		this.view.renew();
		this.groups.publishPresence(name(), this.groups.writer().groupRenewed(name()));
	}

	/** On this node only: of the others nobody knows who is about to come. */
	@Override
	public boolean closeIfEmpty() {
		return this.view.closeIfEmpty();
	}

	@Override
	public void close() {
		this.view.close();
		this.groups.publishPresence(name(), this.groups.writer().groupClosed(name()));
	}

	@Override
	public boolean isClosed() {
		return this.view.isClosed();
	}

	private void closedHere(Group closed) {
		endWindow();
		synchronized (this.lock) {
			if (this.endOfPresence != null) {
				this.endOfPresence.run();
				this.endOfPresence = null;
			}
		}
		this.groups.forget(this);
		Consumer<Group> action = this.onClose;
		if (action != null) {
			action.accept(this);
		}
	}

	// Who comes and goes, after the view has changed; one call at a time

	@Override
	public void joined(Group group, Member member) {
		if (!this.groups.isOwn(member.sessionId())) {
			return;
		}
		synchronized (this.lock) {
			this.here++;
			listenToPushes();
			this.groups.publishPresence(name(), joinedFrame(member.sessionId(), member.uid()));
		}
	}

	/**
	 * Before anything is published that says that a client of this node is a member.
	 * Under the lock.
	 */
	private void listenToPushes() {
		if (this.endOfPushes == null) {
			this.endOfPushes = this.groups.listenToPushes(name(), this);
			listen();
		}
	}

	private byte[] joinedFrame(long session, @Nullable String uid) {
		return this.groups.writer().joined(name(), new Seated(session, uid, this.groups.attributes(session)));
	}

	@Override
	public void left(Group group, Member member) {
		boolean own = this.groups.isOwn(member.sessionId());
		if (!own) {
			// While its gateway is still sent the pushes, and before its client is
			// kicked.
			endWindow();
		}
		this.orders.forget(member.sessionId());
		if (!own) {
			return;
		}
		synchronized (this.lock) {
			this.groups.publishPresence(name(), this.groups.writer().left(name(), member.sessionId()));
			this.here--;
			if (this.here == 0 && this.endOfPushes != null) {
				this.endOfPushes.run();
				this.endOfPushes = null;
				this.groups.unused(this);
			}
		}
	}

	/** Lets go of a group that neither the game nor a client of this node needs. */
	boolean endIfUnused() {
		synchronized (this.lock) {
			if (this.here > 0 || isOpened()) {
				return false;
			}
			if (this.endOfPresence != null) {
				this.endOfPresence.run();
				this.endOfPresence = null;
			}
			return true;
		}
	}

	// From other nodes

	/** Another node wants a session of this one to come or go. */
	void order(Session session, boolean joins) {
		if (isAsOrdered(session, joins)) {
			return;
		}
		if (joins) {
			this.view.admit(session);
		}
		else {
			this.view.evict(session.id());
		}
	}

	/**
	 * If nothing changes, it is published again: the node that ordered it waits for it.
	 */
	private boolean isAsOrdered(Session session, boolean joins) {
		synchronized (this.lock) {
			if (joins != this.view.contains(session)) {
				return false;
			}
			if (joins) {
				listenToPushes();
			}
			this.groups.publishPresence(name(),
					joins ? joinedFrame(session.id(), session.uid()) : this.groups.writer().left(name(), session.id()));
			return true;
		}
	}

	@Override
	public void groupPush(String from, String group, String route, byte[] body, Set<String> except) {
		if (!except.contains(this.groups.self())) {
			this.view.send(this.groups.push(route, body),
					(loop, payloads) -> !Backend.carriesRemoteSessions(loop) && this.groups.mayPush(payloads, route));
		}
	}

	@Override
	public void joined(String from, String group, Seated member) {
		if (this.orders.confirmJoined(member.session()) && isOpened()) {
			this.view.admit(this.groups.recipient(from, member));
		}
	}

	@Override
	public void left(String from, String group, long session) {
		this.orders.confirmLeft(session);
		this.view.evict(session);
	}

	/**
	 * Also when there are none, because the node that asks may not have heard of their
	 * end. Under the lock, or a member that leaves meanwhile would be said to have come
	 * again.
	 */
	@Override
	public void who(String from, String group) {
		synchronized (this.lock) {
			List<Seated> mine = mine();
			if (mine.isEmpty()) {
				this.frames.writeNone((frame) -> this.groups.tellAtOnce(from, frame));
			}
			this.frames.write(mine, (frame) -> this.groups.tellAtOnce(from, frame));
		}
	}

	/** Under the lock. */
	private List<Seated> mine() {
		List<Seated> mine = this.view.members()
			.stream()
			.filter((member) -> this.groups.isOwn(member.id()))
			.sorted(Comparator.comparingLong(Session::id))
			.map((member) -> new Seated(member.id(), member.uid(), member.attributes().state()))
			.toList();
		if (!mine.isEmpty()) {
			listenToPushes();
		}
		return mine;
	}

	@Override
	public void members(String from, String group, long first, long last, List<Seated> members) {
		if (!isOpened()) {
			return;
		}
		Set<Long> present = members.stream().map(Seated::session).collect(Collectors.toSet());
		for (Session known : this.view.members()) {
			long id = known.id();
			if (id >= first && id <= last && from.equals(Backend.gateway(known)) && !present.contains(id)
					&& !this.orders.stands(id)) {
				this.view.evict(known.id());
			}
		}
		members.forEach((member) -> joined(from, group, member));
	}

	@Override
	public void groupClosed(String from, String group) {
		this.view.tryToClose();
	}

	@Override
	public void groupExpires(String from, String group, Duration ttl) {
		if (!isClosed()) {
			this.view.expireAfter(ttl);
		}
	}

	@Override
	public void groupRenewed(String from, String group) {
		if (!isClosed()) {
			this.view.renew();
		}
	}

	/** The way to the others was lost for a while. */
	void reconnected() {
		this.orders.repeat();
		synchronized (this.lock) {
			this.frames.write(mine(), (frame) -> this.groups.publishPresence(name(), frame));
		}
		if (isOpened()) {
			this.groups.publishPresence(name(), this.groups.writer().who(name()));
		}
	}

	/** A gateway was away: neither what it was told nor what it said may have arrived. */
	@Override
	public void back(String gateway) {
		this.orders.repeatTo(gateway);
		if (isOpened()) {
			this.groups.tell(gateway, this.groups.writer().who(name()));
		}
	}

	void nodeLost(String node) {
		this.orders.gatewayLost(node);
		for (Session known : this.view.members()) {
			if (node.equals(Backend.gateway(known))) {
				this.view.evict(known.id());
			}
		}
	}

}
