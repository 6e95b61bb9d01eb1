package io.nanogame.cluster.group;

import java.util.Comparator;
import java.util.List;

import io.nanogame.cluster.frame.FrameReceiver;
import io.nanogame.cluster.frame.MemberFrame.MemberJoined;
import io.nanogame.cluster.frame.MemberFrame.MemberLeft;
import io.nanogame.cluster.frame.MemberSnapshot;
import io.nanogame.group.GroupListener.Member;
import io.nanogame.group.LocalGroup;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The members of a group that are connected to this node, as it publishes them, and the
 * subscriptions of the group, which depend on their number. Thread-safe.
 * <p>
 * Frames about own members are published under the lock, after the view has changed, so
 * that a list of them that is created under it is true at its place in the order. The
 * lock is never held while the view is changed.
 */
final class OwnMembers {

	private final GroupHost host;

	private final LocalGroup view;

	private final MemberLists lists;

	private final FrameReceiver receiver;

	private final Object lock = new Object();

	/** The number of own members. Guarded by the lock. */
	private int count;

	/** Unsubscribes from pushes. Guarded by the lock. */
	private @Nullable Runnable endOfPushes;

	/** Unsubscribes from frames about the group and its members. Guarded by the lock. */
	private @Nullable Runnable endOfPresence;

	/** Whether the game of this node uses the group. Set under the lock. */
	private volatile boolean opened;

	OwnMembers(GroupHost host, LocalGroup view, FrameReceiver receiver) {
		this.host = host;
		this.view = view;
		this.lists = new MemberLists(view.name());
		this.receiver = receiver;
	}

	private String name() {
		return this.view.name();
	}

	/** The game of this node uses the group. */
	void open() {
		synchronized (this.lock) {
			this.opened = true;
			subscribe();
		}
	}

	boolean isOpened() {
		return this.opened;
	}

	/** Under the lock. */
	private void subscribe() {
		if (this.endOfPresence == null) {
			this.endOfPresence = this.host.listenToPresence(name(), this.receiver);
		}
	}

	/**
	 * Subscribes to pushes before a frame is published that reports an own member. Under
	 * the lock.
	 */
	private void subscribeToPushes() {
		if (this.endOfPushes == null) {
			this.endOfPushes = this.host.listenToPushes(name(), this.receiver);
			subscribe();
		}
	}

	/** Under the lock. */
	private void unsubscribe() {
		if (this.endOfPresence != null) {
			this.endOfPresence.run();
			this.endOfPresence = null;
		}
	}

	/** A session of this node has joined the view. */
	void joined(Member member) {
		synchronized (this.lock) {
			this.count++;
			subscribeToPushes();
			publishJoined(this.host.snapshot(member));
		}
	}

	private void publishJoined(MemberSnapshot member) {
		this.host.publishPresence(name(), new MemberJoined(name(), member));
	}

	/** A session of this node has left the view. Returns whether it was the last one. */
	boolean left(long session) {
		synchronized (this.lock) {
			this.host.publishPresence(name(), new MemberLeft(name(), session));
			this.count--;
			if (this.count > 0 || this.endOfPushes == null) {
				return false;
			}
			this.endOfPushes.run();
			this.endOfPushes = null;
			return true;
		}
	}

	/**
	 * Publishes the state of a session again, if it is the one that another node has
	 * ordered, because that node waits for it.
	 * @return false if the session must join or leave first
	 */
	boolean confirm(Session session, boolean joins) {
		synchronized (this.lock) {
			if (joins != this.view.contains(session)) {
				return false;
			}
			if (joins) {
				subscribeToPushes();
				publishJoined(this.host.snapshot(session));
			}
			else {
				this.host.publishPresence(name(), new MemberLeft(name(), session.id()));
			}
			return true;
		}
	}

	/**
	 * Sends all own members to a node. A node that may have missed their end also
	 * receives that there are none. Under the lock, so that a session that leaves
	 * meanwhile is not reported as a member after its end.
	 */
	void sendTo(String node) {
		synchronized (this.lock) {
			List<MemberSnapshot> own = own();
			if (own.isEmpty()) {
				this.lists.sendEmpty((frame) -> this.host.publishTo(node, frame));
			}
			this.lists.send(own, (frame) -> this.host.publishTo(node, frame));
		}
	}

	/** Publishes all own members, because earlier frames may be lost. */
	void publish() {
		synchronized (this.lock) {
			this.lists.send(own(), (frame) -> this.host.publishPresence(name(), frame));
		}
	}

	/** Under the lock. */
	private List<MemberSnapshot> own() {
		List<MemberSnapshot> own = this.view.members()
			.stream()
			.filter((member) -> this.host.isOwn(member.id()))
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
			if (this.count > 0 || this.opened) {
				return false;
			}
			unsubscribe();
			return true;
		}
	}

}
