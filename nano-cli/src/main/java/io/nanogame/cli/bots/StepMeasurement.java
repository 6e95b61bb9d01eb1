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

/** Counts what becomes of a step. Any thread counts, one at a time looks. */
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

	// Of who looks; in microseconds

	private final Histogram times = new Histogram(DIGITS);

	private final Histogram sinceDue = new Histogram(DIGITS);

	private @Nullable Histogram latest;

	/**
	 * Begins to count.
	 * @param name of the step
	 * @param isTimed false for what has no end to wait for
	 * @param isDue whether there is a time when it should begin
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
	 * It was done.
	 * @param nanos from when it began
	 * @param lateNanos how much earlier it should have begun
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

	/** The 99th percentile since the last look, in milliseconds; {@code null} without. */
	@Nullable Double look() {
		Histogram present = this.recorder.getIntervalHistogram(this.latest);
		this.latest = present;
		this.times.add(present);
		this.sinceDue.add(this.sinceDueRecorder.getIntervalHistogram());
		return (present.getTotalCount() > 0) ? present.getValueAtPercentile(99) / MICROS_PER_MILLI : null;
	}

	/** All until the last look. */
	StepResult result() {
		Map<String, Long> kinds = this.failures.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().sum(), Long::sum, TreeMap::new));
		return new StepResult(this.name, this.isTimed, successes(), failures(), kinds, times(this.times),
				this.isDue ? times(this.sinceDue) : null);
	}

	/** {@code null} if there are none. */
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
