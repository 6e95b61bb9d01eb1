package io.nanogame.cli.bots;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import io.nanogame.cli.bots.Report.StepResult;
import io.nanogame.cli.bots.Report.Times;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** Counts and times a step. Any thread may record; one thread at a time takes samples. */
final class StepMeasurement {

	private static final int DIGITS = 3;

	private static final long NANOS_PER_MICRO = 1_000;

	private static final double MICROS_PER_MILLI = 1_000;

	private final String name;

	private final boolean isTimed;

	private final boolean isDue;

	private final Recorder recorder = new Recorder(DIGITS);

	private final Recorder sinceDueRecorder = new Recorder(DIGITS);

	private final LongAdder succeeded = new LongAdder();

	private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

	// Confined to the sampling thread; in microseconds

	private final Histogram times = new Histogram(DIGITS);

	private final Histogram sinceDue = new Histogram(DIGITS);

	private @Nullable Histogram latest;

	/**
	 * Creates the measurement of a step.
	 * @param name the name of the step
	 * @param isTimed false for notifications, which have no response
	 * @param isDue whether the step is due by the clock
	 */
	StepMeasurement(String name, boolean isTimed, boolean isDue) {
		this.name = name;
		this.isTimed = isTimed;
		this.isDue = isDue;
	}

	String name() {
		return this.name;
	}

	/**
	 * Records a success.
	 * @param nanos the time since the step began
	 * @param lateNanos the delay of its begin since it was due
	 */
	void succeeded(long nanos, long lateNanos) {
		this.succeeded.increment();
		if (this.isTimed) {
			this.recorder.recordValue(nanos / NANOS_PER_MICRO);
			this.sinceDueRecorder.recordValue((nanos + lateNanos) / NANOS_PER_MICRO);
		}
	}

	void failed(String kind) {
		this.failures.computeIfAbsent(kind, (key) -> new LongAdder()).increment();
	}

	long successes() {
		return this.succeeded.sum();
	}

	long failures() {
		return this.failures.values().stream().mapToLong(LongAdder::sum).sum();
	}

	/**
	 * Returns the 99th percentile since the last sample, in milliseconds; {@code null} if
	 * there were no successes.
	 */
	@Nullable Double sample() {
		Histogram interval = this.recorder.getIntervalHistogram(this.latest);
		this.latest = interval;
		this.times.add(interval);
		this.sinceDue.add(this.sinceDueRecorder.getIntervalHistogram());
		return (interval.getTotalCount() > 0) ? interval.getValueAtPercentile(99) / MICROS_PER_MILLI : null;
	}

	/** Returns the result up to the last sample. */
	StepResult result() {
		Map<String, Long> kinds = this.failures.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().sum(), Long::sum, TreeMap::new));
		return new StepResult(this.name, this.isTimed, successes(), failures(), kinds, times(this.times),
				this.isDue ? times(this.sinceDue) : null);
	}

	/** Returns the distribution of times; {@code null} if there are none. */
	static @Nullable Times times(Histogram micros) {
		if (micros.getTotalCount() == 0) {
			return null;
		}
		return new Times(micros.getMean() / MICROS_PER_MILLI, at(micros, 50), at(micros, 90), at(micros, 95),
				at(micros, 99), at(micros, 99.9), micros.getMaxValue() / MICROS_PER_MILLI);
	}

	private static double at(Histogram micros, double percentile) {
		return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
	}

}
