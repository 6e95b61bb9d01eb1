package io.nanogame.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of the executable jar: output and exit codes. */
class ExitCodeJarTests {

	/** JVM flags for a fast start. */
	private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

	@TempDir
	private Path folder;

	private record Result(int exitCode, String out, String err) {
	}

	private Result nano(String... arguments) throws IOException, InterruptedException {
		return nanoWithInput("", arguments);
	}

	private Result nanoWithInput(String input, String... arguments) throws IOException, InterruptedException {
		List<String> line = new ArrayList<>();
		line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		line.addAll(FLAGS);
		line.addAll(List.of("-Duser.home=" + this.folder, "-jar", System.getProperty("nano.cli.jar")));
		line.addAll(List.of(arguments));
		Path in = Files.writeString(this.folder.resolve("stdin"), input);
		Path out = this.folder.resolve("stdout");
		Path err = this.folder.resolve("stderr");
		Process process = new ProcessBuilder(line).directory(this.folder.toFile())
			.redirectInput(in.toFile())
			.redirectOutput(out.toFile())
			.redirectError(err.toFile())
			.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
		return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
	}

	@Test
	void aResponseIsPrintedUnchangedAndExitsWithZero() throws Exception {
		try (Game game = new Game()) {
			Result result = nano("request", game.address(), "test.echo", "{\"name\": \"Jos\\u00e9\"}");
			assertThat(result.err()).isEmpty();
			assertThat(result.out()).isEqualTo("{\"name\":\"Jos\u00e9\"}" + System.lineSeparator());
			assertThat(result.exitCode()).isZero();
			assertThat(nano("request", "ws://" + game.address() + "/nano", "room.join").exitCode()).isZero();
		}
	}

	@Test
	void anErrorResponseExitsWithOne() throws Exception {
		try (Game game = new Game()) {
			Result result = nano("request", game.address(), "test.fail");
			assertThat(result.exitCode()).isEqualTo(1);
			assertThat(result.out()).isEmpty();
			assertThat(result.err()).startsWith("nano: test.fail was answered 403: not today");
		}
	}

	@Test
	void theVersionIsThatOfTheJar() throws Exception {
		assertThat(nano("--version").out()).matches("nano \\d+\\.\\d+\\.\\d+.*\\R");
	}

	@Test
	void badArgumentsExitWithTwo() throws Exception {
		assertThat(nano().exitCode()).isEqualTo(2);
		assertThat(nano("request", "localhost").exitCode()).isEqualTo(2);
		Result json = nano("request", "localhost", "room.join", "{");
		assertThat(json.exitCode()).isEqualTo(2);
		assertThat(json.err()).startsWith("{ is not JSON: ");
		Result scheme = nano("request", "http://localhost", "room.join");
		assertThat(scheme.exitCode()).isEqualTo(2);
		assertThat(scheme.err()).contains("tcp://host:port");
		Result time = nano("request", "localhost", "room.join", "--timeout", "soon");
		assertThat(time.exitCode()).isEqualTo(2);
		assertThat(time.err()).contains("a time is written 250ms");
		assertThat(nano("bots", "nowhere.yml").err()).contains("There is no file nowhere.yml");
		Path scenario = Files.writeString(this.folder.resolve("scenario.yml"),
				"{ server: localhost, players: 1, duration: 1s, round: [{ request: a }] }");
		Result report = nano("bots", scenario.toString(), "--report", scenario + "/report");
		assertThat(report.exitCode()).isEqualTo(2);
		assertThat(report.err()).startsWith("The report " + scenario + "/report.html cannot be written: ");
	}

	@Test
	void noConnectionAndNoResponseExitWithThree() throws Exception {
		try (Game game = new Game()) {
			Result late = nano("request", game.address(), "test.wait", "--timeout", "2s");
			assertThat(late.exitCode()).isEqualTo(3);
			assertThat(late.err()).startsWith("nano: test.wait was not answered within 2000 ms");
			game.crash();
			Result unreachable = nano("request", game.address(), "test.echo");
			assertThat(unreachable.exitCode()).isEqualTo(3);
			assertThat(unreachable.err()).startsWith("nano: No connection could be made: ").contains("refused");
			assertThat(nano("connect", game.address()).exitCode()).isEqualTo(3);
		}
	}

	@Test
	void aResponseAboveTheLimitExitsWithThreeAndTheLimitCanBeSet() throws Exception {
		try (Game game = new Game()) {
			String payload = "\"%s\"".formatted("x".repeat(1000));
			Result above = nano("request", game.address(), "test.echo", payload, "--max-packet-length", "1000");
			assertThat(above.exitCode()).isEqualTo(3);
			assertThat(above.err()).contains("more than 1000 bytes", "maxPacketLength");
			Result within = nano("request", game.address(), "test.echo", payload, "--max-packet-length", "1010");
			assertThat(within.exitCode()).isZero();
			assertThat(within.out()).startsWith(payload);
			assertThat(nano("request", game.address(), "test.echo", "--max-packet-length", "0").exitCode())
				.isEqualTo(2);
		}
	}

	@Test
	void aRequestOfTheProtocolLengthIdIsSentByItsRouteOrItsId() throws Exception {
		try (Game game = Game.withLengthId()) {
			Result byRoute = nano("request", game.address(), "test.echo", "{\"a\":1}", "--length-id",
					"test.echo=3,onChat=6", "--error-id", "100");
			assertThat(byRoute.err()).isEmpty();
			assertThat(byRoute.out()).isEqualTo("{\"a\":1}" + System.lineSeparator());
			assertThat(byRoute.exitCode()).isZero();
			Result byId = nano("request", game.address(), "3", "7", "--length-id", "3");
			assertThat(byId.out()).isEqualTo("7" + System.lineSeparator());
			Result failed = nano("request", game.address(), "4", "--length-id", "4", "--error-id", "100");
			assertThat(failed.exitCode()).isEqualTo(1);
			assertThat(failed.err()).contains("not today");
			Result unknown = nano("request", game.address(), "8", "--length-id", "3");
			assertThat(unknown.exitCode()).isEqualTo(2);
			assertThat(unknown.err()).contains("The route 8 has no id");
		}
	}

	@Test
	void badIdsExitWithTwo() throws Exception {
		assertThat(nano("request", "localhost", "7", "--length-id", "room.join").err())
			.startsWith("room.join is not an id: it is written 7 or room.join=7");
		assertThat(nano("request", "localhost", "7", "--length-id", "7=x").exitCode()).isEqualTo(2);
		assertThat(nano("request", "localhost", "7", "--length-id", "7,room.join=7").err()).contains("7 of ",
				"is also that of");
		assertThat(nano("request", "localhost", "7", "--error-id", "7").err()).contains("--length-id");
		assertThat(nano("connect", "localhost", "--length-id", "7=x").exitCode()).isEqualTo(2);
	}

	@Test
	void botsUseTheProtocolLengthId() throws Exception {
		Path scenario = Files.writeString(this.folder.resolve("scenario.yml"), """
				players: 5
				duration: 60s
				round:
				  - request: test.echo
				    payload: { player: "${player}" }
				    expect: { player: "${player}" }
				  - leave: forever
				thresholds:
				  - errors: 0%
				""");
		try (Game game = Game.withLengthId()) {
			Result kept = nano("bots", scenario.toString(), "--server", game.address(), "--length-id", "test.echo=3");
			assertThat(kept.err()).isEmpty();
			assertThat(kept.exitCode()).isZero();
			assertThat(kept.out()).contains("kept   test.echo errors");
		}
	}

	@Test
	void aHostNameMayHaveAnUnderscore() throws Exception {
		Result result = nano("request", "no_such_server.invalid:3250", "test.echo");
		assertThat(result.exitCode()).isEqualTo(3);
		assertThat(result.err()).startsWith("nano: No connection could be made: ").contains("no_such_server.invalid");
	}

	@Test
	void commandsMayBeReadFromAFile() throws Exception {
		try (Game game = new Game()) {
			Result result = nanoWithInput("request test.echo {\"from\":\"a file\"}\n", "connect", game.address());
			assertThat(result.exitCode()).isZero();
			assertThat(result.out()).contains("\"from\" : \"a file\"");
		}
	}

	@Test
	void botsReportWhetherThresholdsWereKept() throws Exception {
		Path scenario = Files.writeString(this.folder.resolve("scenario.yml"), """
				name: fifty
				players: 50
				ramp-up: 2s
				duration: 60s
				round:
				  - request: test.echo
				    payload: { player: "${player}" }
				    expect: { player: "${player}" }
				  - leave: forever
				thresholds:
				  - errors: 0%
				""");
		try (Game game = new Game()) {
			Result kept = nano("bots", scenario.toString(), "--server", game.address(), "--report", "out/report");
			assertThat(kept.err()).isEmpty();
			assertThat(kept.exitCode()).isZero();
			assertThat(kept.out()).contains("of 50 players", "kept   test.echo errors");
			JsonNode json = JsonMapper.shared().readTree(this.folder.resolve("out/report.json"));
			assertThat(json.path("connections").path("made").asInt()).isEqualTo(50);
			assertThat(this.folder.resolve("out/report.html")).content(StandardCharsets.UTF_8).contains("<svg ");

			Files.writeString(scenario, Files.readString(scenario).replace("errors: 0%", "max: 0ms"));
			Result missed = nano("bots", scenario.toString(), "--server", game.address());
			assertThat(missed.exitCode()).isEqualTo(1);
			assertThat(missed.out()).contains("MISSED test.echo max");
			assertThat(this.folder.resolve("nano-bots.html")).exists();

			assertThat(nano("bots", scenario.toString()).exitCode()).isEqualTo(2);
			game.crash();
			assertThat(nano("bots", scenario.toString(), "--server", game.address(), "--duration", "1s").exitCode())
				.isEqualTo(3);
		}
	}

}
