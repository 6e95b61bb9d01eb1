package io.nanogame.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Draws values over seconds as an SVG line chart. */
final class LineChart {

	private static final String[] COLORS = { "#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf",
			"#8c564b", "#e377c2" };

	private static final int WIDTH = 860;

	private static final int HEIGHT = 240;

	private static final int LEFT = 70;

	private static final int TOP = 16;

	private static final int RIGHT = 16;

	private static final int BOTTOM = 28;

	private static final int GRID_LINES = 4;

	private final StringBuilder svg = new StringBuilder();

	private final int seconds;

	private final double top;

	private LineChart(int seconds, double top) {
		this.seconds = Math.max(1, seconds);
		this.top = top;
	}

	/**
	 * Draws a chart.
	 * @param title above the chart, with the unit
	 * @param series the values per second, by name; {@code null} for a second without a
	 * value
	 * @return an HTML figure
	 */
	static String draw(String title, Map<String, List<@Nullable Double>> series) {
		int seconds = series.values().stream().mapToInt(List::size).max().orElse(0);
		double highest = 0;
		for (List<@Nullable Double> values : series.values()) {
			for (Double value : values) {
				highest = Math.max(highest, (value != null) ? value : 0);
			}
		}
		return new LineChart(seconds, roundUp(highest)).draw(title, List.copyOf(series.entrySet()));
	}

	/** Rounds up to 1, 2 or 5 times a power of ten. */
	private static double roundUp(double value) {
		if (value <= 0) {
			return 1;
		}
		double power = Math.pow(10, Math.floor(Math.log10(value)));
		double digits = value / power;
		return power * ((digits <= 1) ? 1 : (digits <= 2) ? 2 : (digits <= 5) ? 5 : 10);
	}

	private String draw(String title, List<Map.Entry<String, List<@Nullable Double>>> series) {
		add("<figure><figcaption>%s</figcaption><p class=\"legend\">", Html.escape(title));
		for (int i = 0; i < series.size(); i++) {
			add("<span style=\"color:%s\">&#9644; %s</span> ", color(i), Html.escape(series.get(i).getKey()));
		}
		add("</p><svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, HEIGHT);
		grid();
		for (int i = 0; i < series.size(); i++) {
			line(series.get(i).getValue(), color(i));
		}
		return this.svg.append("</svg></figure>\n").toString();
	}

	private static String color(int i) {
		return COLORS[i % COLORS.length];
	}

	private void grid() {
		for (int i = 0; i <= GRID_LINES; i++) {
			double value = this.top * i / GRID_LINES;
			add("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y(value),
					y(value));
			add("<text text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%s</text>", LEFT - 6, y(value) + 4, number(value));
			int second = this.seconds * i / GRID_LINES;
			add("<text text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%d s</text>", x(second), HEIGHT - 8, second);
		}
	}

	/**
	 * Draws a line, with a gap where a value is missing and a dot for a value without
	 * neighbors.
	 */
	private void line(List<@Nullable Double> values, String color) {
		StringBuilder path = new StringBuilder();
		boolean down = false;
		for (int i = 0; i < values.size(); i++) {
			Double value = values.get(i);
			if (value != null) {
				path.append(String.format(Locale.ROOT, "%s%.1f %.1f", down ? "L" : "M", x(i + 1), y(value)));
				path.append(down ? "" : "h0.1");
			}
			down = value != null;
		}
		add("<path d=\"%s\" stroke=\"%s\"/>", path, color);
	}

	private double x(int second) {
		return LEFT + (double) (WIDTH - LEFT - RIGHT) * second / this.seconds;
	}

	private double y(double value) {
		return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / this.top;
	}

	private static String number(double value) {
		return (value == Math.rint(value)) ? String.format(Locale.ROOT, "%,d", (long) value)
				: String.format(Locale.ROOT, "%.3g", value);
	}

	private void add(String form, Object... values) {
		this.svg.append(String.format(Locale.ROOT, form, values));
	}

}
