package io.nanogame.connection;

import java.util.concurrent.atomic.LongAdder;

/**
 * Whether the graceful stop of a server has begun, and the number of messages received
 * since. Thread-safe.
 */
final class Draining {

	private final LongAdder lateMessages = new LongAdder();

	private volatile boolean begun;

	void begin() {
		this.begun = true;
	}

	boolean hasBegun() {
		return this.begun;
	}

	void countLateMessage() {
		this.lateMessages.increment();
	}

	long lateMessages() {
		return this.lateMessages.sum();
	}

}
