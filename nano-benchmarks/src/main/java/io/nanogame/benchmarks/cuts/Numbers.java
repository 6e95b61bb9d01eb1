package io.nanogame.benchmarks.cuts;

import java.util.Arrays;

/** The numbers of messages, in the order in which they were added. Thread-safe. */
final class Numbers {

	// Guarded by this

	private int[] values = new int[64];

	private int count;

	synchronized void add(int number) {
		if (this.count == this.values.length) {
			this.values = Arrays.copyOf(this.values, 2 * this.count);
		}
		this.values[this.count++] = number;
	}

	/** Adds the number after the last one, and returns it. */
	synchronized int addNext() {
		int next = (this.count == 0) ? 1 : this.values[this.count - 1] + 1;
		add(next);
		return next;
	}

	synchronized int[] toArray() {
		return Arrays.copyOf(this.values, this.count);
	}

}
