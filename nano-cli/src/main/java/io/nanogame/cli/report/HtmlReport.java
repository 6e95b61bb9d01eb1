package io.nanogame.cli.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import io.nanogame.cli.bots.Report;
import io.nanogame.cli.bots.Report.Sample;
import io.nanogame.cli.bots.Report.StepResult;
import io.nanogame.cli.bots.Report.Times;
import io.nanogame.cli.bots.Report.Verdict;
import org.jspecify.annotations.Nullable;

/** Writes a report as a self-contained HTML page. */
public final class HtmlReport {

	private static final String HEAD = """
			<!doctype html>
			<html lang="en"><head><meta charset="utf-8"><title>%1$s</title><style>
			body { font: 15px/1.5 system-ui, sans-serif; max-width: 900px; margin: 2em auto; padding: 0 1em; color: #222 }
			table { border-collapse: collapse; width: 100%% } th, td { text-align: right; padding: .2em .6em }
			th:first-child, td:first-child { text-align: left } tr { border-bottom: 1px solid #ddd }
			.missed { color: #b00; font-weight: bold } .kept { color: #080 } .legend span { margin-right: 1em }
			figure { margin: 2em 0 } figcaption { font-weight: bold } .grid { stroke: #ddd }
			svg path { fill: none; stroke-width: 1.8; stroke-linecap: round } svg text { font-size: 12px; fill: #555 }
			</style></head><body><h1>%1$s</h1>
			""";

	private final StringBuilder html = new StringBuilder();

	private HtmlReport() {
	}

	/**
	 * Writes a report.
	 * @param report the measurements
	 * @return the page
	 */
	public static String of(Report report) {
		return new HtmlReport().write(report);
	}

	private String write(Report report) {
		add(HEAD, Html.escape(report.scenario()));
		add("<p>%d players at %s, from %s on, for %.1f s</p>", report.players(), Html.escape(report.server()),
				report.startedAt(), report.seconds());
		verdicts(report.verdicts());
		steps(report);
		failures(report.steps());
		add("<h2>Connections</h2><ul>");
		ReportText.about(report.connections()).forEach((line) -> add("<li>%s</li>", Html.escape(line)));
		add("</ul>");
		charts(report.timeline());
		return this.html.append("</body></html>\n").toString();
	}

	private void verdicts(List<Verdict> verdicts) {
		if (verdicts.isEmpty()) {
			return;
		}
		add("<h2>Thresholds</h2><table><tr><th>what</th><th>limit</th><th>actual</th><th></th></tr>");
		for (Verdict verdict : verdicts) {
			String outcome = verdict.kept() ? "kept" : "missed";
			add("<tr><td>%s</td><td>%s</td><td>%s</td><td class=\"%s\">%s</td></tr>", Html.escape(verdict.what()),
					verdict.limit(), verdict.actual(), outcome, outcome);
		}
		add("</table>");
	}

	private void steps(Report report) {
		add("<h2>Steps</h2><table><tr><th>milliseconds</th><th>ok</th><th>failed</th><th>mean</th><th>p50</th>"
				+ "<th>p90</th><th>p95</th><th>p99</th><th>p99.9</th><th>max</th></tr>");
		for (StepResult step : report.steps()) {
			add("<tr><td>%s</td><td>%d</td><td>%d</td>", Html.escape(step.name()), step.succeeded(), step.failed());
			times(step.times());
			if (step.sinceDue() != null) {
				add("<tr><td>&nbsp; since due</td><td></td><td></td>");
				times(step.sinceDue());
			}
		}
		add("</table><p>%s</p>", Html.escape(ReportText.aboutOmission(report)));
	}

	private void times(@Nullable Times times) {
		if (times == null) {
			add("<td>-</td>".repeat(7) + "</tr>");
			return;
		}
		for (double millis : new double[] { times.mean(), times.p50(), times.p90(), times.p95(), times.p99(),
				times.p999(), times.max() }) {
			add("<td>%s</td>", ReportText.millis(millis));
		}
		add("</tr>");
	}

	private void failures(List<StepResult> steps) {
		if (steps.stream().allMatch((step) -> step.failures().isEmpty())) {
			return;
		}
		add("<h2>Failures</h2><table><tr><th>step</th><th>kind</th><th>times</th></tr>");
		steps.forEach((step) -> step.failures()
			.forEach((kind, times) -> add("<tr><td>%s</td><td>%s</td><td>%d</td></tr>", Html.escape(step.name()),
					Html.escape(kind), times)));
		add("</table>");
	}

	private void charts(List<Sample> timeline) {
		add("<h2>Second by second</h2>");
		chart("Players connected", Map.of("connected", values(timeline, (sample) -> (double) sample.connected())));
		Map<String, List<@Nullable Double>> steps = new LinkedHashMap<>();
		steps.put("succeeded", values(timeline, (sample) -> (double) sample.succeeded()));
		steps.put("failed", values(timeline, (sample) -> (double) sample.failed()));
		chart("Steps a second", steps);
		Map<String, List<@Nullable Double>> p99 = new LinkedHashMap<>();
		timeline.stream()
			.flatMap((sample) -> sample.p99().keySet().stream())
			.distinct()
			.sorted()
			.forEach((name) -> p99.put(name, values(timeline, (sample) -> sample.p99().get(name))));
		chart("99th percentile, from when each step began, ms", p99);
	}

	private void chart(String title, Map<String, List<@Nullable Double>> series) {
		this.html.append(LineChart.draw(title, series));
	}

	private static List<@Nullable Double> values(List<Sample> timeline, Function<Sample, @Nullable Double> value) {
		return timeline.stream().<@Nullable Double>map(value).toList();
	}

	private void add(String form, Object... values) {
		this.html.append(String.format(Locale.ROOT, form, values));
	}

}
