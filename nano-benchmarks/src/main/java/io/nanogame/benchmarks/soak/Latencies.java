package io.nanogame.benchmarks.soak;

import java.util.Arrays;

/**
 * How long requests took since somebody last looked. Any thread.
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

	/** Takes what was added: how many, and the 99th percentile in milliseconds. */
	synchronized Summary take() {
		Arrays.sort(this.nanos, 0, this.count);
		double p99 = (this.count > 0) ? this.nanos[(int) (0.99 * (this.count - 1))] / 1e6 : 0;
		Summary summary = new Summary(this.count, p99);
		this.count = 0;
		return summary;
	}

	/**
	 * Some requests.
	 *
	 * @param count how many
	 * @param p99 what 99 of 100 did not exceed, in milliseconds
	 */
	record Summary(int count, double p99) {
	}

}
