package io.nanogame.benchmarks.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

/**
 * The verdict on a soak.
 *
 * @param trends the trends of values that must not grow
 * @param failures the failures; empty if the soak has passed
 */
record Verdict(List<Trend> trends, List<String> failures) {

	private static final double MEGABYTE = 1024 * 1024;

	/**
	 * Checks the results of a soak.
	 * @param samples all samples
	 * @param complaints the complaints of players
	 * @param errors the errors in the server's log
	 * @param stop the time that the server took to stop under load; null if it did not
	 * stop
	 * @param gracePeriod the grace period of the server
	 * @param judgesGrowth whether the soak was long enough to distinguish growth from
	 * warm-up
	 */
	static Verdict of(List<Sample> samples, Complaints complaints, List<String> errors, @Nullable Duration stop,
			Duration gracePeriod, boolean judgesGrowth) {
		List<Trend> trends = List.of(Trend.of("live heap, MB", liveHeap(samples), 8),
				trend("direct memory, MB", samples, (sample) -> sample.direct() / MEGABYTE, 8),
				trend("descriptors", samples, (sample) -> sample.process().descriptors(), 40),
				trend("threads", samples, (sample) -> sample.process().threads(), 6));
		List<String> failures = new ArrayList<>();
		if (complaints.count() > 0) {
			failures.add(complaints.count() + " complaints of well-behaved clients, the first: "
					+ complaints.first().get(0));
		}
		if (!errors.isEmpty()) {
			failures.add(errors.size() + " errors in the server's log, the first: " + errors.get(0));
		}
		if (stop == null || stop.compareTo(gracePeriod.plusSeconds(2)) > 0) {
			failures.add("the server took " + ((stop != null) ? stop.toMillis() + " ms" : "for ever") + " to stop");
		}
		if (samples.stream().mapToDouble(Sample::requests).sum() == 0) {
			failures.add("no request was answered");
		}
		trends.stream()
			.filter((trend) -> judgesGrowth && trend.grows())
			.map((trend) -> String.format(Locale.ROOT, "%s grows: from %.1f to %.1f, at most %.1f are allowed",
					trend.name(), trend.before(), trend.after(), trend.max()))
			.forEach(failures::add);
		return new Verdict(trends, failures);
	}

	static double[] liveHeap(List<Sample> samples) {
		return samples.stream()
			.map(Sample::liveHeap)
			.filter(Objects::nonNull)
			.mapToDouble((bytes) -> Objects.requireNonNull(bytes) / MEGABYTE)
			.toArray();
	}

	private static Trend trend(String name, List<Sample> samples, ToDoubleFunction<Sample> value, double slack) {
		return Trend.of(name, samples.stream().mapToDouble(value).toArray(), slack);
	}

	boolean isGood() {
		return this.failures.isEmpty();
	}

}
