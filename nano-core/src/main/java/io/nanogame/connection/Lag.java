package io.nanogame.connection;

import io.nanogame.session.CloseReason;
import io.nanogame.session.LatestPush;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.time.RealTime;

/**
 * What is kept of a client that has fallen behind: since when it is, and its pushes that
 * wait. Made when that happens first, because most clients never do. Any thread.
 */
final class Lag {

	private final OutboundQueue queue;

	private final OutboundPolicy policy;

	private final Wire wire;

	/** Pushes that wait until the client has read. */
	private final CoalescingBuffer held = new CoalescingBuffer();

	/** Pushes whose values are made when the client has read. */
	private final LatestPushes latest;

	private volatile boolean behind;

	/** When the client fell behind. Of interest only while it is. */
	private volatile long behindSinceNanos;

	Lag(OutboundQueue queue, OutboundPolicy policy, Wire wire) {
		this.queue = queue;
		this.policy = policy;
		this.wire = wire;
		this.latest = new LatestPushes(queue, policy);
	}

	/** More waits for the client than should. Returns for how long, in nanoseconds. */
	long fallBehind(long nowNanos) {
		if (!this.behind) {
			this.behindSinceNanos = nowNanos;
			this.behind = true;
		}
		return nowNanos - this.behindSinceNanos;
	}

	/** The client has read enough. Loop. */
	void catchUp() {
		if (this.behind) {
			this.behind = false;
		}
	}

	/** Holds a push; more than the mark ends the connection. */
	void hold(Session session, OutboundMessage push) {
		Object key = this.policy.keyOf(push);
		if (this.policy.isAboveMark(this.held.bytesBeside(key, push))) {
			session.close(CloseReason.SLOW_CONSUMER);
			return;
		}
		if (this.held.hold(key, push)) {
			this.policy.coalesced();
		}
		// It may have begun to read before it could see that something is held.
		release(session);
	}

	/** See {@link LatestPushes#hold}. */
	boolean hold(LatestPush push, boolean isBehind) {
		return this.latest.hold(push, isBehind);
	}

	/** The connection ends: what the game has given to make states of is released. */
	void clear() {
		this.latest.clear();
	}

	/** Whether no newer push of the same key is held. */
	boolean passes(OutboundMessage push) {
		if (this.held.passes(this.policy.keyOf(push), push)) {
			return true;
		}
		this.policy.coalesced();
		return false;
	}

	/**
	 * Sends what is held, if the client has read enough, behind all that was made before
	 * and is still queued.
	 */
	void release(Session session) {
		if (!this.held.isEmpty()) {
			long now = RealTime.nanoTime();
			this.queue.enqueue(() -> release(session, now));
		}
		this.latest.release(session);
	}

	/** Loop. */
	private void release(Session session, long untilNanos) {
		if (!this.wire.isWritable()) {
			return; // the connection calls again when it is
		}
		this.held.takeUntil(untilNanos).forEach((push) -> this.queue.deliver(session, push));
		release(session);
	}

}
