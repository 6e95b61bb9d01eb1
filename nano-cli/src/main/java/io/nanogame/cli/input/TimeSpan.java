package io.nanogame.cli.input;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses and formats durations. */
public final class TimeSpan {

	private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

	private static final double NANOS_PER_MILLI = 1e6;

	private TimeSpan() {
	}

	/**
	 * Parses a duration.
	 * @param text such as {@code 250ms}, {@code 1.5s}, {@code 2m} or {@code 1h}
	 * @return the duration
	 * @throws IllegalArgumentException if the text has another form
	 */
	public static Duration parse(String text) {
		Matcher matcher = FORM.matcher(text.strip());
		if (!matcher.matches()) {
			throw new IllegalArgumentException("a time is written 250ms, 1.5s, 2m or 1h, not '%s'".formatted(text));
		}
		double millis = switch (matcher.group(2)) {
			case "ms" -> 1;
			case "s" -> 1_000;
			case "m" -> 60_000;
			default -> 3_600_000;
		};
		return Duration.ofNanos(Math.round(Double.parseDouble(matcher.group(1)) * millis * NANOS_PER_MILLI));
	}

	/**
	 * Formats a duration.
	 * @param time not negative
	 * @return in milliseconds with at least three digits; in seconds from 10 seconds on
	 */
	public static String format(Duration time) {
		double millis = time.toNanos() / NANOS_PER_MILLI;
		if (millis >= 10_000) {
			return String.format(Locale.ROOT, "%.1f s", millis / 1_000);
		}
		return String.format(Locale.ROOT, (millis < 10) ? "%.2f ms" : (millis < 100) ? "%.1f ms" : "%.0f ms", millis);
	}

}
