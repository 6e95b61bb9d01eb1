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
 * Limits for the times and failures of steps.
 *
 * @param step the step; {@code null} for all steps
 * @param p50 the limit of the median; {@code null} for none
 * @param p95 the limit of the 95th percentile; {@code null} for none
 * @param p99 the limit of the 99th percentile; {@code null} for none
 * @param max the limit of the maximum; {@code null} for none
 * @param errors the limit of the fraction that fails, 0 to 1; {@code null} for none
 */
record Threshold(@Nullable String step, @Nullable Duration p50, @Nullable Duration p95, @Nullable Duration p99,
		@Nullable Duration max, @Nullable Double errors) {

	private static final double NANOS_PER_MILLI = 1e6;

	/**
	 * Compares results with this threshold. A step that never succeeded misses its time
	 * limits.
	 */
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
