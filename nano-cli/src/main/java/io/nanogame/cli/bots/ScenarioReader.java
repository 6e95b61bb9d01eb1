package io.nanogame.cli.bots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nanogame.cli.bots.ScenarioFile.Part;
import io.nanogame.cli.bots.ScenarioFile.Range;
import io.nanogame.cli.bots.ScenarioFile.StepEntry;
import io.nanogame.cli.bots.ScenarioFile.ThresholdEntry;
import io.nanogame.cli.input.TimeSpan;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads scenarios, and reports the place and the cause of mistakes. */
public final class ScenarioReader {

	private static final String FOREVER = "forever";

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private static final YAMLMapper YAML = YAMLMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.addModule(new SimpleModule().addDeserializer(Duration.class, new Text<>(Duration.class, TimeSpan::parse))
			.addDeserializer(Range.class, new Text<>(Range.class, Range::parse))
			.addDeserializer(Part.class, new Text<>(Part.class, Part::parse)))
		.build();

	private final Duration timeout;

	private ScenarioReader(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * Reads a scenario.
	 * @param path a YAML file
	 * @return the scenario
	 * @throws ScenarioException if the file cannot be read or is invalid
	 */
	public static Scenario read(Path path) {
		try {
			return scenario(Files.readString(path), path);
		}
		catch (ScenarioException ex) {
			throw new ScenarioException("%s: %s".formatted(path, ex.getMessage()), ex);
		}
		catch (UnrecognizedPropertyException ex) {
			throw new ScenarioException("%s, line %d: '%s' is not known here; known are %s".formatted(path,
					ex.getLocation().getLineNr(), ex.getPropertyName(), ex.getKnownPropertyIds()), ex);
		}
		catch (JacksonException ex) {
			throw new ScenarioException(
					"%s, line %d: %s".formatted(path, ex.getLocation().getLineNr(), ex.getOriginalMessage()), ex);
		}
		catch (NoSuchFileException ex) {
			throw new ScenarioException("There is no file " + path, ex);
		}
		catch (IOException ex) {
			throw new ScenarioException("%s cannot be read: %s".formatted(path, ex.getMessage()), ex);
		}
	}

	private static Scenario scenario(String text, Path path) {
		if (text.isBlank()) {
			throw new ScenarioException("the file is empty", null);
		}
		ScenarioFile file = YAML.readValue(text, ScenarioFile.class);
		ScenarioReader reader = new ScenarioReader((file.timeout() != null) ? file.timeout() : DEFAULT_TIMEOUT);
		List<Step> connect = reader.steps("connect", file.connect());
		List<Step> round = reader.steps("round", file.round());
		if (connect.isEmpty() && round.isEmpty()) {
			throw new ScenarioException("players have nothing to do; write steps under connect: or round:", null);
		}
		if (file.every() == null && !round.isEmpty()
				&& round.stream().allMatch((step) -> step instanceof Step.Notify)) {
			throw new ScenarioException("a round of notifications only never pauses; add a think: step, or every:",
					null);
		}
		checkNames(connect, round);
		List<Threshold> thresholds = thresholds(file, connect, round);
		return new Scenario((file.name() != null) ? file.name() : path.getFileName().toString(), file.server(),
				positive("players", file.players()), (file.rampUp() != null) ? file.rampUp() : Duration.ZERO,
				required("duration", file.duration()), file.every(), Template.of(file.user()), connect, round,
				thresholds);
	}

	private static int positive(String key, @Nullable Integer number) {
		int value = required(key, number);
		if (value < 1) {
			throw new ScenarioException("%s must be 1 or more, not %d".formatted(key, value), null);
		}
		return value;
	}

	private static <T> T required(String key, @Nullable T value) {
		if (value == null) {
			throw new ScenarioException("%s: is missing".formatted(key), null);
		}
		return value;
	}

	private List<Step> steps(String section, @Nullable List<StepEntry> entries) {
		List<StepEntry> given = (entries != null) ? entries : List.of();
		return IntStream.range(0, given.size()).mapToObj((i) -> {
			try {
				return step(required("a step", given.get(i)));
			}
			catch (IllegalArgumentException | ScenarioException ex) {
				throw new ScenarioException("step %d of %s: %s".formatted(i + 1, section, ex.getMessage()), ex);
			}
		}).toList();
	}

	private Step step(StepEntry entry) {
		List<String> kinds = Stream
			.of(entry.request(), entry.notification(), entry.await(), (entry.think() != null) ? "" : null,
					entry.leave())
			.filter((kind) -> kind != null)
			.toList();
		if (kinds.size() != 1) {
			throw new ScenarioException("a step is just one of request, notify, wait, think and leave", null);
		}
		Duration time = (entry.timeout() != null) ? entry.timeout() : this.timeout;
		String name = (entry.name() != null) ? entry.name() : kinds.get(0);
		if (entry.request() != null) {
			unused("a request", "where", entry.where());
			return new Step.Request(name, entry.request(), Template.of(entry.payload()), Template.of(entry.expect()),
					time);
		}
		unused("any step but a request", "expect", entry.expect());
		if (entry.notification() != null) {
			unused("a notification", "where", entry.where());
			return new Step.Notify(name, entry.notification(), Template.of(entry.payload()));
		}
		unused("a step that sends nothing", "payload", entry.payload());
		if (entry.await() != null) {
			return new Step.Await(name, entry.await(), Template.of(entry.where()), time);
		}
		if (entry.think() != null) {
			return new Step.Think(entry.think().min(), entry.think().max());
		}
		String away = required("leave", entry.leave());
		return new Step.Leave(away.equals(FOREVER) ? null : TimeSpan.parse(away));
	}

	private static void unused(String kind, String key, @Nullable Object value) {
		if (value != null) {
			throw new ScenarioException("%s: means nothing to %s".formatted(key, kind), null);
		}
	}

	private static void checkNames(List<Step> connect, List<Step> round) {
		Map<String, Class<?>> kinds = new HashMap<>(Map.of(Measurements.CONNECT, Measurements.class));
		Stream.concat(connect.stream(), round.stream()).forEach((step) -> {
			String name = step.name();
			if (name == null) {
				return;
			}
			Class<?> existing = kinds.putIfAbsent(name, step.getClass());
			if (existing != null && existing != step.getClass()) {
				throw new ScenarioException(
						"steps of two kinds are called %s; give one of them a name:".formatted(name), null);
			}
		});
	}

	private static List<Threshold> thresholds(ScenarioFile file, List<Step> connect, List<Step> round) {
		List<ThresholdEntry> entries = (file.thresholds() != null) ? file.thresholds() : List.of();
		List<String> names = Stream
			.concat(Stream.of(Measurements.CONNECT),
					Stream.concat(connect.stream(), round.stream()).map(Step::name).filter((name) -> name != null))
			.distinct()
			.toList();
		for (ThresholdEntry entry : entries) {
			if (entry.step() != null && !names.contains(entry.step())) {
				throw new ScenarioException("a threshold is for step %s, which is not one of %s".formatted(entry.step(),
						String.join(", ", names)), null);
			}
		}
		return entries.stream()
			.map((entry) -> new Threshold(entry.step(), entry.p50(), entry.p95(), entry.p99(), entry.max(),
					(entry.errors() != null) ? entry.errors().value() : null))
			.toList();
	}

	/** Deserializes a value from its textual form. */
	private static final class Text<T> extends StdDeserializer<T> {

		private final transient Function<String, T> parser;

		Text(Class<T> type, Function<String, T> parser) {
			super(type);
			this.parser = parser;
		}

		@Override
		public T deserialize(JsonParser in, DeserializationContext context) {
			try {
				return this.parser.apply(in.getValueAsString(""));
			}
			catch (IllegalArgumentException ex) {
				return context.reportInputMismatch(this, "%s", ex.getMessage());
			}
		}

	}

}
