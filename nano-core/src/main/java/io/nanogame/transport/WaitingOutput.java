package io.nanogame.transport;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * What waits for one client before it reaches the wire, and how long the client has been
 * behind. Any thread.
 */
final class WaitingOutput {

	private static final AtomicLongFieldUpdater<WaitingOutput> QUEUED = AtomicLongFieldUpdater
		.newUpdater(WaitingOutput.class, "queuedBytes");

	/** Sent by other threads and not yet encoded. */
	private volatile long queuedBytes;

	/** Made when first needed. Guarded by this. */
	private volatile @Nullable HeldPushes held;

	private volatile boolean behind;

	/** When the client fell behind. Of interest only while it is. */
	private volatile long behindSinceNanos;

	/**
	 * Counts bytes that are queued for the loop.
	 * @return how many were queued before
	 */
	long queue(int bytes) {
		return QUEUED.getAndAdd(this, bytes);
	}

	/** The loop has taken bytes from its queue. */
	void dequeue(int bytes) {
		QUEUED.addAndGet(this, -bytes);
	}

	HeldPushes held() {
		HeldPushes present = this.held;
		if (present == null) {
			synchronized (this) {
				present = this.held;
				if (present == null) {
					present = new HeldPushes();
					this.held = present;
				}
			}
		}
		return present;
	}

	@Nullable HeldPushes heldOrNull() {
		return this.held;
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

}
