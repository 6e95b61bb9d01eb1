package io.nanogame.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the results of a soak: plots, and all values as JSON.
 */
final class Report {

	private static final double MEGABYTE = 1024 * 1024;

	private final Path folder;

	Report(Path folder) {
		this.folder = folder;
	}

	void write(Soak.Run run, List<Sample> samples, Verdict verdict) throws IOException {
		Files.createDirectories(this.folder);
		plot("rates", new LineChart("Rates", "in a second"), samples,
				Map.of("answers", Sample::requests, "pushes", Sample::pushes));
		plot("churn", new LineChart("Churn", "in a second"), samples,
				Map.of("visits", Sample::connects, "tricks", Sample::tricks));
		plot("p99", new LineChart("Answers: 99th percentile", "milliseconds"), samples, Map.of("p99", Sample::p99));
		plot("memory", new LineChart("Memory outside of the heap", "megabytes"), samples,
				Map.of("direct", (sample) -> sample.direct() / MEGABYTE, "resident",
						(sample) -> sample.process().residentBytes() / MEGABYTE));
		plot("handles", new LineChart("Threads, descriptors, connections", ""), samples,
				Map.of("descriptors", (sample) -> sample.process().descriptors(), "threads",
						(sample) -> sample.process().threads(), "connections", Sample::connections));
		List<Sample> collected = samples.stream().filter((sample) -> sample.liveHeap() != null).toList();
		plot("heap", new LineChart("Live heap, after a collection", "megabytes"), collected,
				Map.of("live heap", (sample) -> Objects.requireNonNullElse(sample.liveHeap(), 0L) / MEGABYTE));
		Map<String, Object> all = Map.of("run", run, "verdict", verdict, "samples", samples);
		JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		Files.writeString(this.folder.resolve("results.json"), json.writeValueAsString(all) + "\n");
	}

	private void plot(String name, LineChart chart, List<Sample> samples, Map<String, ToDoubleFunction<Sample>> lines)
			throws IOException {
		double[] minutes = samples.stream().mapToDouble(Sample::minute).toArray();
		lines.keySet()
			.stream()
			.sorted()
			.forEach((line) -> chart.line(line, minutes,
					samples.stream().mapToDouble(Objects.requireNonNull(lines.get(line))).toArray()));
		Files.writeString(this.folder.resolve(name + ".svg"), chart.svg());
	}

}
