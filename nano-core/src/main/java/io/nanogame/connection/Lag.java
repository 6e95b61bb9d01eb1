package io.nanogame.connection;

/**
 * What is kept of a client that has fallen behind: since when it is, and its pushes that
 * wait. Made when that happens first, because most clients never do. Any thread.
 */
final class Lag {

	/** Pushes that wait until the client has read. */
	private final CoalescingBuffer held = new CoalescingBuffer();

	private volatile boolean behind;

	/** When the client fell behind. Of interest only while it is. */
	private volatile long behindSinceNanos;

	CoalescingBuffer held() {
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
