package io.nanogame.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws lines over time as SVG.
 */
final class LineChart {

	private static final int WIDTH = 760;

	private static final int HEIGHT = 260;

	private static final int LEFT = 70;

	private static final int TOP = 40;

	private static final int RIGHT = 20;

	private static final int BOTTOM = 40;

	private static final String[] COLORS = { "#2563eb", "#ea580c", "#16a34a", "#9333ea" };

	private final String title;

	private final String unit;

	private final List<Line> lines = new ArrayList<>();

	/**
	 * Creates an empty chart.
	 * @param title the title
	 * @param unit the unit of the values
	 */
	LineChart(String title, String unit) {
		this.title = title;
		this.unit = unit;
	}

	/**
	 * Adds a line.
	 * @param name the name in the legend
	 * @param minutes the times of its points
	 * @param values the values of its points, not negative
	 */
	LineChart line(String name, double[] minutes, double[] values) {
		this.lines.add(new Line(name, minutes, values));
		return this;
	}

	String svg() {
		double lastMinute = Math.max(0.1, this.lines.stream().mapToDouble((line) -> max(line.minutes)).max().orElse(1));
		double top = ceiling(this.lines.stream().mapToDouble((line) -> max(line.values)).max().orElse(1));
		StringBuilder svg = new StringBuilder();
		add(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" "
				+ "font-size=\"12\" fill=\"#444\">%n", WIDTH, HEIGHT);
		add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n", WIDTH, HEIGHT);
		add(svg, "<text x=\"%d\" y=\"20\" font-size=\"15\" fill=\"#111\">%s</text>%n", LEFT, this.title);
		for (int i = 0; i <= 4; i++) {
			double value = top * i / 4;
			add(svg, "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n", LEFT, WIDTH - RIGHT,
					y(value, top), y(value, top));
			add(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT - 8, y(value, top) + 4,
					number(value));
		}
		for (int i = 0; i <= 5; i++) {
			double minute = lastMinute * i / 5;
			add(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n", x(minute, lastMinute),
					HEIGHT - BOTTOM + 18, number(minute));
		}
		add(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">minutes</text>%n", (LEFT + WIDTH - RIGHT) / 2,
				HEIGHT - 6);
		add(svg, "<text x=\"14\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 14 %d)\">%s</text>%n",
				(TOP + HEIGHT - BOTTOM) / 2, (TOP + HEIGHT - BOTTOM) / 2, this.unit);
		for (int i = 0; i < this.lines.size(); i++) {
			draw(svg, this.lines.get(i), i, lastMinute, top);
		}
		return svg.append("</svg>\n").toString();
	}

	private void draw(StringBuilder svg, Line line, int number, double lastMinute, double top) {
		String color = COLORS[number % COLORS.length];
		add(svg, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" points=\"", color);
		for (int i = 0; i < line.values.length; i++) {
			add(svg, "%.1f,%.1f ", x(line.minutes[i], lastMinute), y(line.values[i], top));
		}
		add(svg, "\"/>%n");
		int legend = WIDTH - RIGHT - 150 * (this.lines.size() - number);
		add(svg, "<rect x=\"%d\" y=\"11\" width=\"12\" height=\"12\" fill=\"%s\"/>%n", legend, color);
		add(svg, "<text x=\"%d\" y=\"21\">%s</text>%n", legend + 17, line.name);
	}

	private static void add(StringBuilder svg, String format, Object... arguments) {
		svg.append(String.format(Locale.ROOT, format, arguments));
	}

	private static double x(double minute, double lastMinute) {
		return LEFT + (WIDTH - LEFT - RIGHT) * minute / lastMinute;
	}

	private static double y(double value, double top) {
		return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top;
	}

	private static double max(double[] values) {
		double max = 0;
		for (double value : values) {
			max = Math.max(max, value);
		}
		return max;
	}

	/** Rounds up to a round number. */
	private static double ceiling(double value) {
		if (value <= 0) {
			return 1;
		}
		double power = Math.pow(10, Math.floor(Math.log10(value)));
		for (double step : new double[] { 1, 1.5, 2, 3, 4, 5, 6, 8 }) {
			if (step * power >= value) {
				return step * power;
			}
		}
		return 10 * power;
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, (value == Math.rint(value)) ? "%,.0f" : "%.2f", value);
	}

	/**
	 * A line.
	 *
	 * @param name in the legend
	 * @param minutes of its points
	 * @param values of its points
	 */
	private record Line(String name, double[] minutes, double[] values) {
	}

}
