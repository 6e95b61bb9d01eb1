package io.nanogame.cli.bots;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.nanogame.cli.input.TimeSpan;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The content of a scenario file; missing entries are {@code null}. */
record ScenarioFile(@Nullable String name, @Nullable String server, @Nullable Integer players,
		@Nullable Duration rampUp, @Nullable Duration duration, @Nullable Duration every, @Nullable Duration timeout,
		@Nullable JsonNode user, @Nullable List<StepEntry> connect, @Nullable List<StepEntry> round,
		@Nullable List<ThresholdEntry> thresholds) {

	/** A step. Record components must not be named {@code notify} or {@code wait}. */
	record StepEntry(@Nullable String request, @JsonProperty("notify") @Nullable String notification,
			@JsonProperty("wait") @Nullable String await, @Nullable Range think, @Nullable String leave,
			@Nullable String name, @Nullable JsonNode payload, @Nullable JsonNode expect, @Nullable JsonNode where,
			@Nullable Duration timeout) {
	}

	record ThresholdEntry(@Nullable String step, @Nullable Duration p50, @Nullable Duration p95, @Nullable Duration p99,
			@Nullable Duration max, @Nullable Part errors) {
	}

	/** A duration, or a range of durations such as {@code 1s-3s}. */
	record Range(Duration min, Duration max) {

		static Range parse(String text) {
			int dash = text.indexOf('-');
			Duration min = TimeSpan.parse((dash < 0) ? text : text.substring(0, dash));
			Duration max = (dash < 0) ? min : TimeSpan.parse(text.substring(dash + 1));
			if (min.compareTo(max) > 0) {
				throw new IllegalArgumentException("the shorter time comes first, not '%s'".formatted(text));
			}
			return new Range(min, max);
		}

	}

	/** A percentage, as a fraction from 0 to 1. */
	record Part(double value) {

		private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%");

		static Part parse(String text) {
			Matcher matcher = FORM.matcher(text.strip());
			if (!matcher.matches()) {
				throw new IllegalArgumentException("a part is written 0.1%%, not '%s'".formatted(text));
			}
			return new Part(Double.parseDouble(matcher.group(1)) / 100);
		}

	}

}
