package io.nanogame.boot.test.network;

import java.time.Duration;

/** What happens to bytes of one direction. Any thread. */
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

	/** Blocks as long as nothing flows. */
	synchronized void awaitFlow() throws InterruptedException {
		while (this.stalled) {
			wait();
		}
	}

	synchronized long delayNanos() {
		return this.delayNanos;
	}

	/** Turns all bits, if that is the turn of these bytes. */
	synchronized void corrupt(byte[] bytes) {
		for (int i = 0; this.corruptNext && i < bytes.length; i++) {
			bytes[i] = (byte) ~bytes[i];
		}
		this.corruptNext = false;
	}

}
