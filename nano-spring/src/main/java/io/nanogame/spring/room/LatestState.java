package io.nanogame.spring.room;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A change of a state for clients that keep up, and the whole state for each client that
 * does not, when it has read. So a client that misses changes does not depend on a
 * further change to notice that. Thread-safe.
 */
final class LatestState implements Supplier<byte @Nullable []> {

	private final byte[] change;

	private final Supplier<byte @Nullable []> whole;

	private volatile boolean isLate;

	/**
	 * Creates the payload of a push.
	 * @param change the written change
	 * @param whole writes the whole state as it is then, or returns null if there is none
	 * any more; called on any thread
	 */
	LatestState(byte[] change, Supplier<byte @Nullable []> whole) {
		this.change = change;
		this.whole = whole;
	}

	/** The push was sent to all clients that keep up. */
	void sent() {
		this.isLate = true;
	}

	@Override
	public byte @Nullable [] get() {
		return this.isLate ? this.whole.get() : this.change;
	}

}
