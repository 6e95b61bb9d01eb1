package io.nanogame.benchmarks.load;

import io.nanogame.benchmarks.report.Table;
import org.HdrHistogram.Histogram;

/**
 * What clients saw in some time.
 *
 * @param seconds how long it was
 * @param responses that came
 * @param nanos from a request, or from when it was due, to its answer; or to a push
 */
public record Measure(double seconds, long responses, Histogram nanos) {

	public double perSecond() {
		return this.responses / this.seconds;
	}

	/**
	 * Adds how long it took to a table.
	 * @param table gets three figures
	 * @param subject the row
	 */
	public void addLatencies(Table table, String subject) {
		table.add(subject, "p50, ms", micros(50) / 1000);
		table.add(subject, "p99, ms", micros(99) / 1000);
		table.add(subject, "p99.9, ms", micros(99.9) / 1000);
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
