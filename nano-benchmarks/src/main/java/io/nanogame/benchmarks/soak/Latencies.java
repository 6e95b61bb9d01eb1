package io.nanogame.benchmarks.soak;

import java.util.Arrays;

/**
 * The latencies of requests since the last call of {@link #take}. Thread-safe.
 */
final class Latencies {

	private long[] nanos = new long[1024];

	private int count;

	synchronized void add(long duration) {
		if (this.count == this.nanos.length) {
			this.nanos = Arrays.copyOf(this.nanos, 2 * this.count);
		}
		this.nanos[this.count++] = duration;
	}

	/** Returns and removes the added latencies. */
	synchronized Summary take() {
		Arrays.sort(this.nanos, 0, this.count);
		double p99 = (this.count > 0) ? this.nanos[(int) (0.99 * (this.count - 1))] / 1e6 : 0;
		Summary summary = new Summary(this.count, p99);
		this.count = 0;
		return summary;
	}

	/**
	 * A summary of latencies.
	 *
	 * @param count the number of requests
	 * @param p99 the 99th percentile, in milliseconds
	 */
	record Summary(int count, double p99) {
	}

}
