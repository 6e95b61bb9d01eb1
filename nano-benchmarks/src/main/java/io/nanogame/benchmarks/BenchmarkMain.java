package io.nanogame.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.nanogame.benchmarks.Options.Part;
import io.nanogame.benchmarks.report.BarChart;
import io.nanogame.benchmarks.report.Machine;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.test.NatsServer;
import tools.jackson.databind.json.JsonMapper;

/** Runs the benchmarks and writes their results. */
final class BenchmarkMain {

	private BenchmarkMain() {
	}

	public static void main(String[] arguments) throws Exception {
		Options options;
		try {
			options = Options.of(arguments);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage() + System.lineSeparator() + Options.USAGE);
			System.exit(2);
			return;
		}
		if (options.parts().contains(Part.CLUSTER) && !NatsServer.isInstalled()) {
			System.err
				.println("The part 'cluster' needs a nats-server, and none is installed; scripts/test installs it");
			System.exit(2);
		}
		List<Table> tables = new ArrayList<>();
		for (Part part : options.parts()) {
			tables.addAll(run(part, options));
			// After each part, because a later one may fail.
			write(options, tables);
		}
		System.out.println(System.lineSeparator() + Files.readString(options.output().resolve("results.md")));
		progress("written to " + options.output().toAbsolutePath());
		System.exit(0);
	}

	private static List<Table> run(Part part, Options options) throws InterruptedException, IOException {
		return switch (part) {
			case ECHO -> new EchoBenchmark(options, BenchmarkMain::progress).run();
			case OPEN -> new OpenBenchmark(options, BenchmarkMain::progress).run();
			case STORM -> new StormBenchmark(options, BenchmarkMain::progress).run();
			case STREAM -> new StreamBenchmark(options, BenchmarkMain::progress).run();
			case ROOM -> new RoomBenchmark(options, BenchmarkMain::progress).run();
			case ROOMS -> new RoomsBenchmark(options, BenchmarkMain::progress).run();
			case SCALE -> new ScaleBenchmark(options, BenchmarkMain::progress).run();
			case PROFILE -> List.of(new ProfileBenchmark(options, BenchmarkMain::progress).run());
			case MEMORY -> List.of(new MemoryBenchmark(options, BenchmarkMain::progress).run());
			case CLUSTER ->
				Stream
					.concat(new ForwardBenchmark(options, BenchmarkMain::progress).run().stream(),
							new FanOutBenchmark(options, BenchmarkMain::progress).run().stream())
					.toList();
		};
	}

	private static void progress(String what) {
		System.out.println("benchmark: " + what);
	}

	private static void write(Options options, List<Table> tables) throws IOException {
		Path output = Files.createDirectories(options.output());
		String conditions = "%s. %s. JVM flags: %s. %s.".formatted(Machine.describe(), jdk(options.javaHome()),
				String.join(" ", options.flags()), LocalDate.now());
		StringBuilder markdown = new StringBuilder(conditions).append('\n');
		for (Table table : tables) {
			markdown.append('\n').append(table.toMarkdown());
			Files.writeString(output.resolve(table.name() + ".svg"), BarChart.draw(table));
		}
		Files.writeString(output.resolve("results.md"), markdown);
		Files.writeString(output.resolve("results.json"),
				JsonMapper.shared()
					.writerWithDefaultPrettyPrinter()
					.writeValueAsString(
							Map.of("conditions", conditions, "tables", tables.stream().map(Table::toMap).toList())));
	}

	private static String jdk(Path home) throws IOException {
		Path release = home.resolve("release");
		return "JDK " + Files.readAllLines(release)
			.stream()
			.filter((line) -> line.startsWith("JAVA_VERSION="))
			.map((line) -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
			.findFirst()
			.orElse("of unknown version");
	}

}
