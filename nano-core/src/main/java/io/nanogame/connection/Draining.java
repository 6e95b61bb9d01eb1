package io.nanogame.connection;

import java.util.concurrent.atomic.LongAdder;

/**
 * Whether a server finishes, and how many messages came too late for it. Any thread.
 */
final class Draining {

	private final LongAdder tooLate = new LongAdder();

	private volatile boolean begun;

	void begin() {
		this.begun = true;
	}

	boolean hasBegun() {
		return this.begun;
	}

	void cameTooLate() {
		this.tooLate.increment();
	}

	long tooLate() {
		return this.tooLate.sum();
	}

}
