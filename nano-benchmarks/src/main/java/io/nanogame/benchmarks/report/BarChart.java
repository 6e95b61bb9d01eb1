package io.nanogame.benchmarks.report;

import java.util.Locale;
import java.util.Map;

/** Draws horizontal bars as SVG. */
public final class BarChart {

	private static final int NAMES = 250;

	private static final int LONGEST = 460;

	private static final int ROW = 30;

	private static final int TOP = 48;

	private BarChart() {
	}

	/**
	 * Draws the first column of a table.
	 * @param table a table with at least one value
	 * @return SVG
	 */
	public static String draw(Table table) {
		return draw("%s: %s".formatted(table.title(), table.mainColumn()), table.medians(table.mainColumn()));
	}

	private static String draw(String title, Map<String, Double> values) {
		double max = values.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
		StringBuilder svg = new StringBuilder();
		svg.append(String.format(Locale.ROOT, """
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" font-family="sans-serif" font-size="13">
				<rect width="%1$d" height="%2$d" fill="#fff"/>
				<text x="12" y="26" font-size="16" font-weight="bold">%3$s</text>
				""", NAMES + LONGEST + 110, TOP + ROW * values.size() + 12, escape(title)));
		int y = TOP;
		for (Map.Entry<String, Double> bar : values.entrySet()) {
			double length = LONGEST * bar.getValue() / max;
			svg.append(String.format(Locale.ROOT, """
					<text x="%d" y="%d" text-anchor="end">%s</text>
					<rect x="%d" y="%d" width="%.1f" height="%d" fill="#4a78b5"/>
					<text x="%.1f" y="%d">%s</text>
					""", NAMES - 8, y + 16, escape(bar.getKey()), NAMES, y, length, ROW - 8, NAMES + length + 6, y + 16,
					Table.format(bar.getValue())));
			y += ROW;
		}
		return svg.append("</svg>\n").toString();
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;");
	}

}
