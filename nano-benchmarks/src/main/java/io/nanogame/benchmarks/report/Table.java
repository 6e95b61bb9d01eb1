package io.nanogame.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * A table of measurements: subjects in rows, with a value per round in each column.
 */
public final class Table {

	private final String title;

	private final String note;

	private final Map<String, Map<String, List<Double>>> rows = new LinkedHashMap<>();

	private final List<String> columns = new ArrayList<>();

	/**
	 * Creates an empty table.
	 * @param title the title
	 * @param note explains the table
	 */
	public Table(String title, String note) {
		this.title = title;
		this.note = note;
	}

	/**
	 * Adds the value of a round.
	 * @param subject the row
	 * @param column the column, with its unit
	 * @param value the value
	 */
	public void add(String subject, String column, double value) {
		if (!this.columns.contains(column)) {
			this.columns.add(column);
		}
		this.rows.computeIfAbsent(subject, (key) -> new LinkedHashMap<>())
			.computeIfAbsent(column, (key) -> new ArrayList<>())
			.add(value);
	}

	/**
	 * Adds a column with the ratio of another column to its value for the first subject.
	 * @param column the other column
	 * @param ratio the name of the new column
	 */
	public void addRatio(String column, String ratio) {
		double base = median(this.rows.values().iterator().next().getOrDefault(column, List.of()));
		List.copyOf(this.rows.keySet()).forEach((subject) -> {
			List<Double> values = this.rows.get(subject).getOrDefault(column, List.of());
			add(subject, ratio, median(values) / base);
		});
	}

	/**
	 * Adds the ratio of two subjects of the same rounds, for each round.
	 * @param column the column
	 * @param ratio the name of the new column
	 * @param subject the row
	 * @param base the other row
	 */
	public void addRatio(String column, String ratio, String subject, String base) {
		List<Double> values = values(subject, column);
		List<Double> bases = values(base, column);
		for (int round = 0; round < values.size(); round++) {
			add(subject, ratio, values.get(round) / bases.get(round));
		}
	}

	private List<Double> values(String subject, String column) {
		return List.copyOf(this.rows.getOrDefault(subject, Map.of()).getOrDefault(column, List.of()));
	}

	public String title() {
		return this.title;
	}

	/**
	 * Returns the title as a file name.
	 * @return words and numbers separated by hyphens
	 */
	public String name() {
		return this.title.toLowerCase(Locale.ROOT).replaceAll("(?<=\\d),(?=\\d)", "").replaceAll("[^a-z0-9]+", "-");
	}

	/**
	 * Returns the main column.
	 * @return the name of the first column
	 */
	String mainColumn() {
		return this.columns.get(0);
	}

	/**
	 * Returns the medians of a column.
	 * @param column the column, with its unit
	 * @return the medians by subject
	 */
	public Map<String, Double> medians(String column) {
		Map<String, Double> medians = new LinkedHashMap<>();
		this.rows.forEach((subject, row) -> medians.put(subject, median(row.getOrDefault(column, List.of()))));
		return medians;
	}

	/**
	 * Returns all values, for JSON.
	 * @return the title, and the values of all rounds by subject and column
	 */
	public Map<String, Object> toMap() {
		return Map.of("title", this.title, "rows", this.rows);
	}

	/**
	 * Formats the medians, with the range of the rounds if there were several.
	 * @return Markdown
	 */
	public String toMarkdown() {
		StringBuilder text = new StringBuilder("## %s%n%n%s%n%n| |".formatted(this.title, this.note));
		this.columns.forEach((column) -> text.append(' ').append(column).append(" |"));
		text.append("\n|---|").append("--:|".repeat(this.columns.size())).append('\n');
		this.rows.forEach((subject, row) -> {
			text.append("| ").append(subject).append(" |");
			this.columns
				.forEach((column) -> text.append(' ').append(format(row.getOrDefault(column, List.of()))).append(" |"));
			text.append('\n');
		});
		return text.toString();
	}

	private static String format(List<Double> values) {
		if (values.isEmpty()) {
			return "";
		}
		String middle = format(median(values));
		if (values.size() == 1) {
			return middle;
		}
		TreeSet<Double> sorted = new TreeSet<>(values);
		return "%s (%s–%s)".formatted(middle, format(sorted.first()), format(sorted.last()));
	}

	static String format(double value) {
		String pattern = (value >= 1000) ? "%,.0f" : (value >= 100) ? "%.0f" : (value >= 10) ? "%.1f" : "%.2f";
		return String.format(Locale.ROOT, pattern, value);
	}

	static double median(List<Double> values) {
		if (values.isEmpty()) {
			return Double.NaN;
		}
		List<Double> sorted = new ArrayList<>(values);
		Collections.sort(sorted);
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

}
