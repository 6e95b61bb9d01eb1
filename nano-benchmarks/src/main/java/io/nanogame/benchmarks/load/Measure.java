package io.nanogame.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What clients saw in some time.
 *
 * @param seconds how long it was
 * @param responses that came
 * @param nanos from a request to its answer
 */
public record Measure(double seconds, long responses, Histogram nanos) {

	public double perSecond() {
		return this.responses / this.seconds;
	}

	/**
	 * How long requests took.
	 * @param percentile for instance 99.9
	 * @return microseconds
	 */
	public double micros(double percentile) {
		return this.nanos.getValueAtPercentile(percentile) / 1000.0;
	}

}
