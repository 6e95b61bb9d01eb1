package io.nanogame.benchmarks.load;

import io.nanogame.benchmarks.report.Table;
import org.HdrHistogram.Histogram;

/**
 * A measurement of clients.
 *
 * @param seconds the duration
 * @param responses the number of responses
 * @param nanos the times from a request, or from when it was due, to its response; or to
 * a push
 */
public record Measure(double seconds, long responses, Histogram nanos) {

	public double perSecond() {
		return this.responses / this.seconds;
	}

	/**
	 * Adds latencies to a table.
	 * @param table receives three columns
	 * @param subject the row
	 */
	public void addLatencies(Table table, String subject) {
		table.add(subject, "p50, ms", micros(50) / 1000);
		table.add(subject, "p99, ms", micros(99) / 1000);
		table.add(subject, "p99.9, ms", micros(99.9) / 1000);
	}

	/**
	 * Returns a percentile of the times.
	 * @param percentile such as 99.9
	 * @return microseconds
	 */
	public double micros(double percentile) {
		return this.nanos.getValueAtPercentile(percentile) / 1000.0;
	}

}
