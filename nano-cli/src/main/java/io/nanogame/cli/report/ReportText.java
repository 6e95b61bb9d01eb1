package io.nanogame.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.nanogame.cli.bots.Report;
import io.nanogame.cli.bots.Report.ConnectionResult;
import io.nanogame.cli.bots.Report.Times;

/** Texts that are the same in all forms of a report. */
final class ReportText {

	private ReportText() {
	}

	static String millis(double millis) {
		return String.format(Locale.ROOT, (millis < 10) ? "%.2f" : (millis < 100) ? "%.1f" : "%.0f", millis);
	}

	/** Explains whether the percentiles suffer from coordinated omission. */
	static String aboutOmission(Report report) {
		if (report.everySeconds() == null) {
			return "Each player waits for a response before it continues, so a slow server receives fewer requests, and"
					+ " the times are only those of requests that were sent (coordinated omission). With every: in the"
					+ " scenario, rounds are due by the clock, and times since then are reported, too.";
		}
		return String.format(Locale.ROOT,
				"A round is due every %.1f s for each player. 'Since due' counts from then, also where one began late"
						+ " because the one before took too long; thresholds apply to these times."
						+ " Rounds that were due while a player had no connection are counted below, not timed.",
				report.everySeconds());
	}

	static List<String> about(ConnectionResult connections) {
		List<String> lines = new ArrayList<>();
		lines.add("%d connections opened, %d lost, %d reopened".formatted(connections.made(), connections.lost(),
				connections.reconnects()));
		for (Map.Entry<String, Long> kind : connections.lostBecause().entrySet()) {
			lines.add("%d lost because: %s".formatted(kind.getValue(), kind.getKey()));
		}
		Times outages = connections.outages();
		if (outages != null) {
			lines.add(String.format(Locale.ROOT, "Outages: %.1f s in total; p50 %s ms, p99 %s ms, max %s ms",
					connections.outageSeconds(), millis(outages.p50()), millis(outages.p99()), millis(outages.max())));
		}
		if (connections.withoutAtEnd() > 0) {
			lines.add("%d players were without connection at the end".formatted(connections.withoutAtEnd()));
		}
		if (connections.neverConnected() > 0) {
			lines.add("%d players never got a connection".formatted(connections.neverConnected()));
		}
		if (connections.missedRounds() > 0) {
			lines.add("%d rounds were due before their players were back".formatted(connections.missedRounds()));
		}
		return lines;
	}

}
