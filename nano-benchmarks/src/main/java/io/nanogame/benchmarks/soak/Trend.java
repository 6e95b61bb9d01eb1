package io.nanogame.benchmarks.soak;

import java.util.Arrays;

/**
 * The trend of a value. The first quarter of the samples is warm-up and ignored. The
 * median of the last quarter must not exceed that of the second quarter by more than a
 * tenth and the value's usual variation. Medians ignore single outliers.
 *
 * @param name the name of the value
 * @param before the median of the second quarter
 * @param after the median of the last quarter
 * @param max the limit of the median of the last quarter
 */
record Trend(String name, double before, double after, double max) {

	private static final double TENTH = 1.1;

	/** The minimum number of samples for quarters of at least two. */
	static final int MIN_SAMPLES = 8;

	/**
	 * Computes the trend of samples.
	 * @param name the name of the value
	 * @param samples at least {@link #MIN_SAMPLES}, in order of time
	 * @param slack the usual variation of the value
	 */
	static Trend of(String name, double[] samples, double slack) {
		int count = samples.length;
		if (count < MIN_SAMPLES) {
			throw new IllegalArgumentException("%d samples of %s are too few for a trend".formatted(count, name));
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
		return this.after > this.max;
	}

}
