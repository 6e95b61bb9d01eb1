package io.nanogame.cli.report;

import java.util.Locale;
import java.util.Map;

import io.nanogame.cli.bots.Report;
import io.nanogame.cli.bots.Report.ConnectionResult;
import io.nanogame.cli.bots.Report.StepResult;
import io.nanogame.cli.bots.Report.Times;
import io.nanogame.cli.bots.Report.Verdict;
import org.jspecify.annotations.Nullable;

/** Writes a report as text for a terminal. */
public final class TextReport {

	private static final String HEAD = "%n%-24s %10s %8s %9s %9s %9s %9s %9s%n";

	private static final String LINE = "%-24s %10d %8d %9s %9s %9s %9s %9s%n";

	private final StringBuilder text = new StringBuilder();

	private TextReport() {
	}

	/**
	 * Writes a report.
	 * @param report the measurements
	 * @return the lines of the report
	 */
	public static String of(Report report) {
		return new TextReport().write(report);
	}

	private String write(Report report) {
		line("%s: %d players at %s for %.1f s%n", report.scenario(), report.players(), report.server(),
				report.seconds());
		line(HEAD, "times in ms", "ok", "failed", "p50", "p95", "p99", "p99.9", "max");
		for (StepResult step : report.steps()) {
			times(step.name(), step, step.times());
			if (step.sinceDue() != null) {
				times("  since due", step, step.sinceDue());
			}
		}
		this.text.append(System.lineSeparator())
			.append(ReportText.aboutOmission(report))
			.append(System.lineSeparator());
		failures(report);
		connections(report.connections());
		report.verdicts().forEach(this::verdict);
		return this.text.toString();
	}

	private void times(String name, StepResult step, @Nullable Times times) {
		if (times == null) {
			line(LINE, name, step.succeeded(), step.failed(), "-", "-", "-", "-", "-");
		}
		else {
			line(LINE, name, step.succeeded(), step.failed(), ReportText.millis(times.p50()),
					ReportText.millis(times.p95()), ReportText.millis(times.p99()), ReportText.millis(times.p999()),
					ReportText.millis(times.max()));
		}
	}

	private void failures(Report report) {
		for (StepResult step : report.steps()) {
			for (Map.Entry<String, Long> failure : step.failures().entrySet()) {
				line("%s failed %d times: %s%n", step.name(), failure.getValue(), failure.getKey());
			}
		}
	}

	private void connections(ConnectionResult connections) {
		ReportText.about(connections).forEach((text) -> line("%s%n", text));
	}

	private void verdict(Verdict verdict) {
		line("%s %s: %s, limit %s%n", verdict.kept() ? "kept  " : "MISSED", verdict.what(), verdict.actual(),
				verdict.limit());
	}

	private void line(String form, Object... values) {
		this.text.append(String.format(Locale.ROOT, form, values));
	}

}
