package io.nanogame.benchmarks.soak;

import java.util.Arrays;

/**
 * Whether something grows. The first quarter of the samples is warm-up and left out; then
 * the median of the last quarter must not be above the median of the second one by more
 * than a tenth and what the thing itself may vary by. Medians, so that a few samples in
 * the middle of something do not matter.
 *
 * @param name what is looked at
 * @param before the median of the second quarter
 * @param after the median of the last quarter
 * @param most what it may be at the end
 */
record Trend(String name, double before, double after, double most) {

	private static final double TENTH = 1.1;

	/** As many as are needed to speak of quarters. */
	static final int FEWEST_SAMPLES = 8;

	/**
	 * The trend of some samples.
	 * @param name what they are of
	 * @param samples at least {@link #FEWEST_SAMPLES}, in the order they were taken
	 * @param slack by how much it may vary anyway
	 */
	static Trend of(String name, double[] samples, double slack) {
		int count = samples.length;
		if (count < FEWEST_SAMPLES) {
			throw new IllegalArgumentException("%d samples of %s tell no trend".formatted(count, name));
		}
		double before = median(Arrays.copyOfRange(samples, count / 4, count / 2));
		double after = median(Arrays.copyOfRange(samples, count - count / 4, count));
		return new Trend(name, before, after, before * TENTH + slack);
	}

	static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	boolean grows() {
		return this.after > this.most;
	}

}
