package io.nanogame.cli.bots;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.nanogame.cli.input.TimeSpan;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A scenario as it is written: what is missing is {@code null}. */
record ScenarioFile(@Nullable String name, @Nullable String server, @Nullable Integer players,
		@Nullable Duration rampUp, @Nullable Duration duration, @Nullable Duration every, @Nullable Duration timeout,
		@Nullable JsonNode user, @Nullable List<StepEntry> connect, @Nullable List<StepEntry> round,
		@Nullable List<ThresholdEntry> thresholds) {

	/** No component of a record may be called notify or wait. */
	record StepEntry(@Nullable String request, @JsonProperty("notify") @Nullable String tell,
			@JsonProperty("wait") @Nullable String await, @Nullable Range think, @Nullable String leave,
			@Nullable String name, @Nullable JsonNode payload, @Nullable JsonNode expect, @Nullable JsonNode where,
			@Nullable Duration timeout) {
	}

	record ThresholdEntry(@Nullable String step, @Nullable Duration p50, @Nullable Duration p95, @Nullable Duration p99,
			@Nullable Duration max, @Nullable Part errors) {
	}

	/** A time, or two with a dash between them. */
	record Range(Duration least, Duration most) {

		static Range parse(String text) {
			int dash = text.indexOf('-');
			Duration least = TimeSpan.parse((dash < 0) ? text : text.substring(0, dash));
			Duration most = (dash < 0) ? least : TimeSpan.parse(text.substring(dash + 1));
			if (least.compareTo(most) > 0) {
				throw new IllegalArgumentException("the shorter time comes first, not '%s'".formatted(text));
			}
			return new Range(least, most);
		}

	}

	/** A part of a whole, 1 for all of it. */
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
