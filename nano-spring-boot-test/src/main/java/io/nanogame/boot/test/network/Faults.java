package io.nanogame.boot.test.network;

import java.time.Duration;

/** The faults of one direction. Thread-safe. */
final class Faults {

	// Guarded by this

	private long delayNanos;

	private boolean stalled;

	private boolean corruptNext;

	synchronized void delay(Duration latency) {
		this.delayNanos = latency.toNanos();
	}

	synchronized void stall() {
		this.stalled = true;
	}

	synchronized void flow() {
		this.stalled = false;
		notifyAll();
	}

	synchronized void corruptNext() {
		this.corruptNext = true;
	}

	/** Blocks while the direction is stalled. */
	synchronized void awaitFlow() throws InterruptedException {
		while (this.stalled) {
			wait();
		}
	}

	synchronized long delayNanos() {
		return this.delayNanos;
	}

	/** Inverts all bits if these bytes are to be corrupted. */
	synchronized void corrupt(byte[] bytes) {
		for (int i = 0; this.corruptNext && i < bytes.length; i++) {
			bytes[i] = (byte) ~bytes[i];
		}
		this.corruptNext = false;
	}

}
