package io.nanogame.connection;

import java.util.function.Consumer;

import io.nanogame.session.LatestPush;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.time.RealTime;

/**
 * The state of a client that does not keep up: since when, and its held pushes. Created
 * when that first happens, because most clients always keep up. Thread-safe.
 */
final class Lag {

	private final OutboundQueue queue;

	private final OutboundPolicy policy;

	/** Pushes that are held until the client has read. */
	private final CoalescingBuffer held = new CoalescingBuffer();

	/** Pushes whose values are created when the client has read. */
	private final LatestPushes latest;

	private volatile boolean behind;

	/** Since when the client is behind. Valid only while it is. */
	private volatile long behindSinceNanos;

	Lag(OutboundQueue queue, OutboundPolicy policy) {
		this.queue = queue;
		this.policy = policy;
		this.latest = new LatestPushes(queue, this, policy);
	}

	/**
	 * Records that the client is above the high-water mark. Returns for how long, in
	 * nanoseconds.
	 */
	long fallBehind(long nowNanos) {
		if (!this.behind) {
			this.behindSinceNanos = nowNanos;
			this.behind = true;
		}
		return nowNanos - this.behindSinceNanos;
	}

	/** Called when the client has read enough. Confined to the loop. */
	void catchUp() {
		if (this.behind) {
			this.behind = false;
		}
	}

	/**
	 * Holds a push. Gives the client up when the held pushes exceed the high-water mark.
	 */
	void hold(Session session, OutboundMessage push) {
		Object key = this.policy.keyOf(push);
		if (this.policy.isAboveMark(this.held.bytesBeside(key, push))) {
			giveUp(session);
			return;
		}
		if (this.held.hold(key, push)) {
			this.policy.coalesced();
		}
		// The client may have read before the push was held.
		release(session);
	}

	/**
	 * Called when more is held than a client may miss. Without a connection its session
	 * stays, but it cannot resume it.
	 */
	void giveUp(Session session) {
		if (this.queue.outlet().isDetached()) {
			this.queue.enqueue(() -> giveUpHere(session));
		}
		else {
			this.queue.tooSlow(session);
		}
	}

	/** Confined to the loop. The client may have resumed the session meanwhile. */
	private void giveUpHere(Session session) {
		if (this.queue.outlet().isDetached()) {
			this.queue.outlet().giveUp();
		}
		else {
			this.queue.tooSlow(session);
		}
	}

	/** See {@link LatestPushes#hold}. */
	boolean hold(LatestPush push, boolean isBehind) {
		return this.latest.hold(push, isBehind);
	}

	/**
	 * Releases what is held, because the session moves to another server. Values that are
	 * not created yet are sent by its next connection. Confined to the loop.
	 */
	void move(Consumer<OutboundMessage> output, Session session) {
		this.held.takeUntil(RealTime.nanoTime()).forEach(output);
		this.latest.move(session);
	}

	/** Releases the suppliers of the game when the connection ends. */
	void clear() {
		this.latest.clear();
	}

	/** Returns whether no newer push of the same key is held. */
	boolean passes(OutboundMessage push) {
		if (this.held.passes(this.policy.keyOf(push), push)) {
			return true;
		}
		this.policy.coalesced();
		return false;
	}

	/**
	 * Sends the held pushes, if the client has read enough, after all older ones that are
	 * still queued.
	 */
	void release(Session session) {
		if (!this.held.isEmpty()) {
			long now = RealTime.nanoTime();
			this.queue.enqueue(() -> release(session, now));
		}
		this.latest.release(session);
	}

	/** Confined to the loop. */
	private void release(Session session, long untilNanos) {
		if (!this.latest.hasMoved() && !this.queue.isWritable()) {
			return; // the connection calls again when it is
		}
		this.held.takeUntil(untilNanos).forEach((push) -> this.queue.deliver(session, push));
		release(session);
	}

}
