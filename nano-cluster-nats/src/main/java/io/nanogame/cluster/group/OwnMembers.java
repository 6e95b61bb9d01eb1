package io.nanogame.cluster.group;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.nanogame.cluster.frame.FrameReceiver;
import io.nanogame.cluster.frame.MemberFrame.MemberJoined;
import io.nanogame.cluster.frame.MemberFrame.MemberLeft;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.cluster.frame.MemberFrame.OrderApplied;
import io.nanogame.cluster.frame.MemberSnapshot;
import io.nanogame.group.GroupListener.Member;
import io.nanogame.group.LocalGroup;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The members of a group that are connected to this node, as it publishes them, and the
 * subscriptions of the group: to its presence while the game of this node uses it, and to
 * its pushes while there are own members. Thread-safe.
 * <p>
 * Each change of own members has a number. It is published under the lock, after the view
 * has changed, so that a list of them that is created under it is true at its place in
 * the order. The lock is never held while the view is changed.
 */
final class OwnMembers {

	private final GroupHost host;

	private final LocalGroup view;

	private final MemberLists lists;

	private final MovingMembers moving;

	private final FrameReceiver presence;

	private final FrameReceiver pushes;

	/** Receives the name of the group when own members have changed. */
	private final Consumer<String> changed;

	/** The number before the first change. */
	private final long firstNumber;

	private final Object lock = new Object();

	/** The number of the last change. Set under the lock. */
	private volatile long number;

	/**
	 * The ids of own members, and of those that have moved from here and are sent pushes
	 * by this node. Guarded by the lock.
	 */
	private final Set<Long> ids = new HashSet<>(2);

	/** The number of ids. Set under the lock. */
	private volatile int count;

	/** The number of sessions that are about to arrive. Guarded by the lock. */
	private int expected;

	/** Unsubscribes from pushes. Guarded by the lock. */
	private @Nullable Runnable endOfPushes;

	/** Unsubscribes from changes of the group and its members. Guarded by the lock. */
	private @Nullable Runnable endOfPresence;

	/** Whether the game of this node uses the group. Set under the lock. */
	private volatile boolean opened;

	OwnMembers(GroupHost host, LocalGroup view, MovingMembers moving, FrameReceiver presence, FrameReceiver pushes,
			Consumer<String> changed) {
		this.host = host;
		this.view = view;
		this.lists = new MemberLists(view.name());
		this.moving = moving;
		this.presence = presence;
		this.pushes = pushes;
		this.changed = changed;
		this.firstNumber = host.firstNumber();
		this.number = this.firstNumber;
	}

	private String name() {
		return this.view.name();
	}

	/** The game of this node uses the group. */
	void open() {
		synchronized (this.lock) {
			this.opened = true;
			if (this.endOfPresence == null) {
				this.endOfPresence = this.host.listenToPresence(name(), this.presence);
			}
		}
	}

	boolean isOpened() {
		return this.opened;
	}

	boolean isEmpty() {
		return this.count == 0;
	}

	/** Returns the number of the last change of own members. */
	long number() {
		return this.number;
	}

	/**
	 * Subscribes to pushes before a frame is published that reports an own member. Under
	 * the lock.
	 */
	private void subscribeToPushes() {
		if (this.endOfPushes == null) {
			this.endOfPushes = this.host.listenToPushes(name(), this.pushes);
		}
	}

	/** Under the lock. */
	private void unsubscribe() {
		if (this.endOfPresence != null) {
			this.endOfPresence.run();
			this.endOfPresence = null;
		}
	}

	/** A session arrives from another node, and needs the group until it is a member. */
	void expect() {
		synchronized (this.lock) {
			this.expected++;
		}
	}

	/** A session has arrived. */
	void arrived() {
		synchronized (this.lock) {
			this.expected--;
		}
	}

	/** A session of this node has joined the view. Without effect if that is known. */
	void joined(Member member) {
		synchronized (this.lock) {
			if (!this.ids.add(member.sessionId())) {
				return;
			}
			this.count = this.ids.size();
			subscribeToPushes();
			publishJoined(this.host.snapshot(member));
		}
	}

	private void publishJoined(MemberSnapshot member) {
		long next = nextNumber();
		try {
			this.host.publishPresence(name(), new MemberJoined(name(), next, member));
		}
		catch (SerializationException ex) {
			this.host.publishPresence(name(), new MemberJoined(name(), next, member.withoutAttributes()));
		}
	}

	/** Numbers a change. Under the lock. */
	private long nextNumber() {
		long next = this.number + 1;
		this.number = next;
		this.changed.accept(name());
		return next;
	}

	/** A session of this node has left the view. Returns whether it was the last one. */
	boolean left(long session) {
		synchronized (this.lock) {
			this.moving.remove(session);
			reportAbsent(session);
			return remove(session);
		}
	}

	/** Reports that a session is no member, which a former owner may have reported. */
	void reportAbsent(long session) {
		synchronized (this.lock) {
			this.host.publishPresence(name(), new MemberLeft(name(), nextNumber(), session));
		}
	}

	/** A session has moved to another node, which reports it. */
	void moved(long session) {
		synchronized (this.lock) {
			remove(session);
		}
	}

	/** Under the lock. Returns whether it was the last one. */
	private boolean remove(long session) {
		this.ids.remove(session);
		this.count = this.ids.size();
		if (this.count > 0 || this.endOfPushes == null) {
			return false;
		}
		this.endOfPushes.run();
		this.endOfPushes = null;
		return true;
	}

	/** Returns whether a session was reported by this node as a member. */
	boolean contains(long session) {
		synchronized (this.lock) {
			return this.ids.contains(session);
		}
	}

	/** Confirms an order of a node, which is sent the state of the session. */
	void confirm(String node, MemberOrder order, Session session) {
		synchronized (this.lock) {
			boolean isMember = this.view.contains(session);
			if (isMember) {
				subscribeToPushes();
			}
			this.host.send(node, new OrderApplied(order.session(), order.group(), isMember, order.number()));
		}
	}

	/**
	 * Sends all own members to a node that queries them, unless it knows them. Under the
	 * lock, so that a session that leaves meanwhile is not reported as a member after its
	 * end.
	 * @param known the number of the last change that the node knows; 0 if it knows none
	 */
	void sendTo(String node, long known, Executor executor) {
		synchronized (this.lock) {
			boolean isCurrent = known == this.number || (known == 0 && this.number == this.firstNumber);
			if (!isCurrent) {
				this.lists.send(this.number, own(node), (frame) -> this.host.sendSoon(node, frame, executor));
			}
		}
	}

	/** Returns the own members, as a copy. */
	List<Session> sessions() {
		return this.view.memberships().withSession().stream().filter((member) -> this.host.isOwn(member.id())).toList();
	}

	/** Under the lock. */
	private List<MemberSnapshot> own(String node) {
		List<MemberSnapshot> own = Stream.concat(sessions().stream(), this.moving.reportedTo(node))
			.sorted(Comparator.comparingLong(Session::id))
			.map(this.host::snapshot)
			.toList();
		if (!own.isEmpty()) {
			subscribeToPushes();
		}
		return own;
	}

	/** The group is closed. */
	void close() {
		synchronized (this.lock) {
			unsubscribe();
		}
	}

	/** Unsubscribes if neither the game nor a client of this node needs the group. */
	boolean closeIfUnused() {
		synchronized (this.lock) {
			if (this.count > 0 || this.expected > 0 || this.opened || !this.moving.isEmpty()) {
				return false;
			}
			unsubscribe();
			return true;
		}
	}

}
