package io.nanogame.connection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.session.LatestPush;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The pushes to one client whose values are created once it has read: the newest of each
 * key, ordered by the first push of each key. The loop checks whether there is room. Then
 * the handler thread of the session creates and sends one value after the other, until
 * the client is behind again. Meanwhile newer pushes are held, too, so that none is sent
 * before an older one. Thread-safe.
 */
final class LatestPushes {

	/** The maximum number of held pushes. */
	static final int MAX = 256;

	private final OutboundQueue queue;

	private final Lag lag;

	private final OutboundPolicy policy;

	/** Guarded by this. */
	private final Map<Object, LatestPush> byKey = new LinkedHashMap<>();

	/**
	 * Whether a release is running, on the loop or on the session's handler thread.
	 * Guarded by this.
	 */
	private boolean releasing;

	/** Whether the session has moved to another server. Guarded by this. */
	private boolean moved;

	LatestPushes(OutboundQueue queue, Lag lag, OutboundPolicy policy) {
		this.queue = queue;
		this.lag = lag;
		this.policy = policy;
	}

	/**
	 * Holds a push. Gives the client up when too many are held.
	 * @param behind whether the client is behind
	 * @return false when the client is not behind and no older push is held, or the
	 * session has another connection
	 */
	boolean hold(LatestPush push, boolean behind) {
		boolean tooMany;
		LatestPush older;
		synchronized (this) {
			if (this.moved || !behind && !this.releasing && this.byKey.isEmpty()) {
				return false;
			}
			older = this.byKey.put(push.key(), push);
			tooMany = this.byKey.size() > MAX;
		}
		if (tooMany) {
			this.lag.giveUp(push.session());
			clear();
		}
		else if (older != null) {
			this.policy.coalesced();
		}
		// The client may have read before the push was held.
		release(push.session());
		return true;
	}

	/** Sends the held pushes by the next connection of the session, and holds no more. */
	void move(Session session) {
		List<LatestPush> all;
		synchronized (this) {
			this.moved = true;
			all = List.copyOf(this.byKey.values());
			clear();
		}
		if (!all.isEmpty()) {
			session.inOrder(() -> all.forEach(LatestPush::send));
		}
	}

	/** Sends the held pushes as soon as there is room. */
	void release(Session session) {
		synchronized (this) {
			if (this.releasing || this.byKey.isEmpty()) {
				return;
			}
			this.releasing = true;
		}
		this.queue.enqueue(() -> releaseIfRoom(session));
	}

	/**
	 * Confined to the loop. If there is no room, the connection calls again when there
	 * is.
	 */
	private void releaseIfRoom(Session session) {
		if (this.queue.hasRoom()) {
			session.inOrder(() -> send(session));
			return;
		}
		synchronized (this) {
			this.releasing = false;
		}
	}

	/** Runs in the order of the session's messages. */
	private void send(Session session) {
		while (session.isOpen() && !hasMoved()) {
			if (this.queue.isBehind()) {
				this.queue.enqueue(() -> releaseIfRoom(session));
				return;
			}
			LatestPush next = next();
			if (next == null) {
				return;
			}
			next.send();
		}
		clear();
	}

	/** Returns whether the session has moved to another server. */
	synchronized boolean hasMoved() {
		return this.moved;
	}

	/** Returns null when no push is held, so that newer pushes are sent directly. */
	private synchronized @Nullable LatestPush next() {
		var all = this.byKey.values().iterator();
		if (!all.hasNext()) {
			this.releasing = false;
			return null;
		}
		LatestPush next = all.next();
		all.remove();
		return next;
	}

	synchronized void clear() {
		this.byKey.clear();
		this.releasing = false;
	}

}
