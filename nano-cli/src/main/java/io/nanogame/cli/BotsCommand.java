package io.nanogame.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import io.nanogame.cli.bots.Crowd;
import io.nanogame.cli.bots.Report;
import io.nanogame.cli.bots.Report.Sample;
import io.nanogame.cli.bots.Scenario;
import io.nanogame.cli.bots.ScenarioException;
import io.nanogame.cli.bots.ScenarioReader;
import io.nanogame.cli.input.Server;
import io.nanogame.cli.report.HtmlReport;
import io.nanogame.cli.report.TextReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Runs a scenario with thousands of players. */
@Command(name = "bots", mixinStandardHelpOptions = true,
		description = "Runs a scenario with many players, and reports times and failures.",
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:all thresholds were kept",
				"1:a threshold was missed", "2:bad arguments or scenario", "3:no player could connect" })
final class BotsCommand implements Callable<Integer> {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec command;

	@Parameters(index = "0", paramLabel = "SCENARIO", description = "a YAML file")
	private Path file = Path.of("");

	@Option(names = "--server", paramLabel = "SERVER", description = "host:port or URL, instead of the scenario's")
	private @Nullable String address;

	@Option(names = "--trust", paramLabel = "FILE", description = "certificates to trust with TLS, PEM")
	private @Nullable Path trust;

	@Option(names = "--max-packet-length", paramLabel = "BYTES",
			description = "limit for received packets (default: 1048576, at most 16777215)")
	private @Nullable Integer maxPacketLength;

	@ArgGroup(exclusive = false)
	private @Nullable LengthIdArguments lengthId;

	@Option(names = "--players", paramLabel = "N", description = "number of players, instead of the scenario's")
	private @Nullable Integer players;

	@Option(names = "--duration", paramLabel = "TIME", description = "duration, instead of the scenario's")
	private @Nullable Duration duration;

	@Option(names = "--report", paramLabel = "FILE",
			description = "where to write reports; the name without .html and .json (default: nano-bots)")
	private String report = "nano-bots";

	@Override
	public Integer call() throws IOException {
		Scenario scenario = scenario();
		Server server = server(scenario);
		createReportFolder();
		PrintWriter out = this.command.commandLine().getOut();
		boolean terminal = System.console() != null;
		Report result = new Crowd(scenario, server).play((sample) -> progress(sample, scenario, terminal, out));
		out.print(terminal ? "\n\n" : "\n");
		out.print(TextReport.of(result));
		write(result, out);
		out.flush();
		if (result.connections().made() == 0) {
			return ExitCode.UNREACHABLE;
		}
		return result.passed() ? ExitCode.OK : ExitCode.FAILED;
	}

	private Scenario scenario() {
		if (this.players != null && this.players < 1) {
			throw usage("--players must be 1 or more", null);
		}
		try {
			return ScenarioReader.read(this.file).with(this.players, this.duration);
		}
		catch (ScenarioException ex) {
			throw usage(ex.getMessage(), ex);
		}
	}

	private Server server(Scenario scenario) {
		String given = (this.address != null) ? this.address : scenario.server();
		if (given == null) {
			throw usage("Which server? Write server: in the scenario, or --server", null);
		}
		try {
			Server server = Server.of(given, this.trust)
				.withMaxPacketLength(this.maxPacketLength)
				.withLengthIds((this.lengthId != null) ? this.lengthId.lengthIds() : null);
			server.client();
			return server;
		}
		catch (IllegalArgumentException ex) {
			throw usage(ex.getMessage(), ex);
		}
	}

	/** Fails before the run if the report cannot be written after it. */
	private void createReportFolder() {
		try {
			Files.createDirectories(Path.of(this.report).toAbsolutePath().getParent());
		}
		catch (IOException ex) {
			throw usage("The report %s.html cannot be written: %s".formatted(this.report, ex), ex);
		}
	}

	private ParameterException usage(@Nullable String message, @Nullable Exception cause) {
		return new ParameterException(this.command.commandLine(), message, cause);
	}

	/** Prints a line a second; on a terminal, each replaces the one before. */
	private static void progress(Sample sample, Scenario scenario, boolean terminal, PrintWriter out) {
		String slowest = sample.p99()
			.entrySet()
			.stream()
			.max(Comparator.comparing(Map.Entry::getValue))
			.map((step) -> String.format(Locale.ROOT, "slowest p99 %s %.1f ms", step.getKey(), step.getValue()))
			.orElse("");
		String line = String.format(Locale.ROOT, "%3d s of %d s | %d of %d players | %d steps/s, %d failed | %s",
				sample.second(), scenario.duration().toSeconds(), sample.connected(), scenario.players(),
				sample.succeeded(), sample.failed(), slowest);
		out.print(terminal ? "\r\u001B[K" + line : line + System.lineSeparator());
		out.flush();
	}

	private void write(Report result, PrintWriter out) throws IOException {
		Path json = Path.of(this.report + ".json");
		Path html = Path.of(this.report + ".html");
		Files.write(json,
				JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsBytes(result));
		Files.writeString(html, HtmlReport.of(result));
		out.println("Reports: %s, %s".formatted(html, json));
	}

}
