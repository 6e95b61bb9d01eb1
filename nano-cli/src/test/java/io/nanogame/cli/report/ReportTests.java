package io.nanogame.cli.report;

import java.util.List;
import java.util.Map;

import io.nanogame.cli.bots.Report;
import io.nanogame.cli.bots.Report.ConnectionResult;
import io.nanogame.cli.bots.Report.Sample;
import io.nanogame.cli.bots.Report.StepResult;
import io.nanogame.cli.bots.Report.Times;
import io.nanogame.cli.bots.Report.Verdict;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTests {

	private static final Times TIMES = new Times(1.5, 1, 2, 3, 12.34, 567.8, 1234.5);

	private static Report report(Double everySeconds) {
		StepResult step = new StepResult("room.<join>", true, 10, 2, Map.of("answered 403", 2L), TIMES,
				(everySeconds != null) ? TIMES : null);
		StepResult notification = new StepResult("room.chat", false, 3, 0, Map.of(), null, null);
		return new Report("a & b", "tcp://localhost:3250", 5, "2026-01-01T00:00:00Z", 3.2, everySeconds,
				List.of(step, notification),
				new ConnectionResult(7, 2, Map.of("connection lost", 2L), 1, 4, 1, 3, TIMES, 1.5),
				List.of(new Verdict("room.<join> p99", "10 ms", "12.3 ms", false),
						new Verdict("connect errors", "1 %", "0 %", true)),
				List.of(new Sample(1, 5, 8, 0, Map.of("room.<join>", 3.0)), new Sample(2, 0, 0, 2, Map.of()),
						new Sample(3, 4, 2, 0, Map.of("room.<join>", 45.0))));
	}

	@Test
	void thePageIsCompleteAndSelfContained() {
		String html = HtmlReport.of(report(null));
		assertThat(html).startsWith("<!doctype html>")
			.contains("<title>a &amp; b</title>", "room.&lt;join&gt;", "12.3", "1235", "answered 403", "missed", "kept",
					"3 players never got a connection", "1 players were without connection at the end",
					"4 rounds were due before their players were back", "coordinated omission")
			.doesNotContain("http://", "https://", "<join>", "<script", "src=", "href=", "NaN");
		assertThat(html.split("<svg ", -1)).hasSize(4);
		// A second without a value is a gap in the line, not a zero.
		assertThat(html).containsPattern("<path d=\"M[\\d. ]+h0\\.1M[\\d. ]+h0\\.1\"");
	}

	@Test
	void bothTimesAreShownWhenRoundsAreDueByTheClock() {
		assertThat(HtmlReport.of(report(2.0))).contains("since due", "every 2.0 s")
			.doesNotContain("coordinated omission");
		assertThat(TextReport.of(report(2.0))).contains("since due", "every 2.0 s");
		assertThat(HtmlReport.of(report(null))).doesNotContain("&nbsp; since due");
	}

	@Test
	void theTextReportShowsTheSameFigures() {
		assertThat(TextReport.of(report(null)).lines()).contains("a & b: 5 players at tcp://localhost:3250 for 3.2 s",
				"room.<join>                      10        2      1.00      3.00      12.3       568      1235",
				"room.chat                         3        0         -         -         -         -         -",
				"room.<join> failed 2 times: answered 403", "MISSED room.<join> p99: 12.3 ms, limit 10 ms",
				"2 lost because: connection lost");
	}

	@Test
	void aReportIsReadBackFromItsJson() {
		JsonMapper json = JsonMapper.shared();
		Report report = report(2.0);
		assertThat(json.readValue(json.writeValueAsBytes(report), Report.class)).isEqualTo(report);
	}

	@Test
	void anEmptyRunCanBeShown() {
		Report empty = new Report("none", "tcp://localhost", 1, "", 0, null, List.of(),
				new ConnectionResult(0, 0, Map.of(), 0, 0, 0, 1, null, 0), List.of(), List.of());
		assertThat(HtmlReport.of(empty)).contains("<svg ").doesNotContain("NaN", "Infinity");
		assertThat(TextReport.of(empty)).contains("1 players never got a connection");
	}

}
