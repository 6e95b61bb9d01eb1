package io.nanogame.benchmarks.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * By how much the ticks of all rooms were late: the time since the last one, less the
 * interval. Thread-safe.
 */
final class Lateness {

	private static final Recorder micros = new Recorder(3);

	private Lateness() {
	}

	static void add(Duration elapsed, Duration interval) {
		micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(elapsed.minus(interval).toNanos())));
	}

	/** Returns the ticks since the last call: their number, p50 and p99 in µs. */
	static String report() {
		Histogram all = micros.getIntervalHistogram();
		return "%d %d %d".formatted(all.getTotalCount(), all.getValueAtPercentile(50), all.getValueAtPercentile(99));
	}

}
