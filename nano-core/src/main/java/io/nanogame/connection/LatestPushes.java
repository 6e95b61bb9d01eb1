package io.nanogame.connection;

import java.util.LinkedHashMap;
import java.util.Map;

import io.nanogame.session.CloseReason;
import io.nanogame.session.LatestPush;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The pushes to one client whose values are made once it has read: the newest of each
 * key, in the order their keys came. The loop finds out whether there is room; then the
 * handler thread of the session makes and sends one value after the other, until the
 * client is behind again. Meanwhile newer pushes are held, too, so that none of them is
 * sent before an older one. Thread-safe.
 */
final class LatestPushes {

	/** How many are held. */
	static final int MOST = 256;

	private final OutboundQueue queue;

	private final OutboundPolicy policy;

	/** Guarded by this. */
	private final Map<Object, LatestPush> byKey = new LinkedHashMap<>();

	/** The loop or the session's handler thread has been asked. Guarded by this. */
	private boolean releasing;

	LatestPushes(OutboundQueue queue, OutboundPolicy policy) {
		this.queue = queue;
		this.policy = policy;
	}

	/**
	 * Holds a push. One too many ends the connection.
	 * @param behind whether the client is behind
	 * @return false when it is not and no older push is held
	 */
	boolean hold(LatestPush push, boolean behind) {
		boolean tooMany;
		LatestPush older;
		synchronized (this) {
			if (!behind && !this.releasing && this.byKey.isEmpty()) {
				return false;
			}
			older = this.byKey.put(push.key(), push);
			tooMany = this.byKey.size() > MOST;
		}
		if (tooMany) {
			push.session().close(CloseReason.SLOW_CONSUMER);
			clear();
		}
		else if (older != null) {
			this.policy.coalesced();
		}
		// The client may have read before it could be seen that something is held.
		release(push.session());
		return true;
	}

	/** Sends what is held as soon as there is room. */
	void release(Session session) {
		synchronized (this) {
			if (this.releasing || this.byKey.isEmpty()) {
				return;
			}
			this.releasing = true;
		}
		this.queue.enqueue(() -> releaseIfRoom(session));
	}

	/** Loop. When there is no room, the connection calls again once there is. */
	private void releaseIfRoom(Session session) {
		if (this.queue.hasRoom()) {
			session.inOrder(() -> send(session));
			return;
		}
		synchronized (this) {
			this.releasing = false;
		}
	}

	/** In the order of the session's messages. */
	private void send(Session session) {
		while (session.isOpen()) {
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

	/** Returns null when nothing is held any more, and newer pushes are sent at once. */
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
