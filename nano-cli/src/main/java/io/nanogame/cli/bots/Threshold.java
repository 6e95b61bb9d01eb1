package io.nanogame.cli.bots;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.nanogame.cli.bots.Report.StepResult;
import io.nanogame.cli.bots.Report.Times;
import io.nanogame.cli.bots.Report.Verdict;
import io.nanogame.cli.input.TimeSpan;
import org.jspecify.annotations.Nullable;

/**
 * What is good enough.
 *
 * @param step for which step; {@code null} for each
 * @param p50 the longest median; {@code null} for any
 * @param p95 as p50
 * @param p99 as p50
 * @param max as p50
 * @param errors the highest part of failures, 0 to 1; {@code null} for any
 */
record Threshold(@Nullable String step, @Nullable Duration p50, @Nullable Duration p95, @Nullable Duration p99,
		@Nullable Duration max, @Nullable Double errors) {

	private static final double NANOS_PER_MILLI = 1e6;

	/** Compares; a step that never succeeded misses each time it should keep. */
	List<Verdict> judge(List<StepResult> results) {
		return results.stream()
			.filter((result) -> (this.step != null) ? this.step.equals(result.name()) : result.done() > 0)
			.flatMap((result) -> judge(result).stream())
			.toList();
	}

	private List<Verdict> judge(StepResult result) {
		List<Verdict> verdicts = new ArrayList<>();
		Times times = result.judged();
		judgeTime(verdicts, result, "p50", this.p50, (times != null) ? times.p50() : null);
		judgeTime(verdicts, result, "p95", this.p95, (times != null) ? times.p95() : null);
		judgeTime(verdicts, result, "p99", this.p99, (times != null) ? times.p99() : null);
		judgeTime(verdicts, result, "max", this.max, (times != null) ? times.max() : null);
		if (this.errors != null) {
			double actual = result.errorRate();
			verdicts.add(new Verdict(result.name() + " errors", percent(this.errors), percent(actual),
					result.done() > 0 && actual <= this.errors));
		}
		return verdicts;
	}

	private static void judgeTime(List<Verdict> verdicts, StepResult result, String what, @Nullable Duration limit,
			@Nullable Double actualMillis) {
		if (limit == null || !result.timed()) {
			return;
		}
		Duration actual = (actualMillis != null) ? Duration.ofNanos(Math.round(actualMillis * NANOS_PER_MILLI)) : null;
		verdicts.add(new Verdict(result.name() + " " + what, TimeSpan.format(limit),
				(actual != null) ? TimeSpan.format(actual) : "never done",
				actual != null && actual.compareTo(limit) <= 0));
	}

	private static String percent(double part) {
		return String.format(Locale.ROOT, "%.3f %%", part * 100);
	}

}
