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

/** The executable jar as a shell sees it. */
class ExitCodeJarTests {

	@TempDir
	private Path folder;

	private record Ended(int exitCode, String out, String err) {
	}

	private Ended nano(String... arguments) throws IOException, InterruptedException {
		return nanoTyping("", arguments);
	}

	private Ended nanoTyping(String typed, String... arguments) throws IOException, InterruptedException {
		List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Duser.home=" + this.folder, "-jar", System.getProperty("nano.cli.jar")));
		line.addAll(List.of(arguments));
		Path in = Files.writeString(this.folder.resolve("stdin"), typed);
		Path out = this.folder.resolve("stdout");
		Path err = this.folder.resolve("stderr");
		Process process = new ProcessBuilder(line).directory(this.folder.toFile())
			.redirectInput(in.toFile())
			.redirectOutput(out.toFile())
			.redirectError(err.toFile())
			.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
		return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
	}

	@Test
	void anAnswerIsPrintedAsItCameAndIsSuccess() throws Exception {
		try (Game game = new Game()) {
			Ended ended = nano("request", game.address(), "test.echo", "{\"name\": \"Jos\\u00e9\"}");
			assertThat(ended.err()).isEmpty();
			assertThat(ended.out()).isEqualTo("{\"name\":\"Jos\u00e9\"}" + System.lineSeparator());
			assertThat(ended.exitCode()).isZero();
			assertThat(nano("request", "ws://" + game.address() + "/nano", "room.join").exitCode()).isZero();
		}
	}

	@Test
	void anErrorAnswerIsOne() throws Exception {
		try (Game game = new Game()) {
			Ended ended = nano("request", game.address(), "test.fail");
			assertThat(ended.exitCode()).isEqualTo(1);
			assertThat(ended.out()).isEmpty();
			assertThat(ended.err()).startsWith("nano: test.fail was answered 403: not today");
		}
	}

	@Test
	void theVersionIsThatOfTheJar() throws Exception {
		assertThat(nano("--version").out()).matches("nano \\d+\\.\\d+\\.\\d+.*\\R");
	}

	@Test
	void badArgumentsAreTwo() throws Exception {
		assertThat(nano().exitCode()).isEqualTo(2);
		assertThat(nano("request", "localhost").exitCode()).isEqualTo(2);
		Ended json = nano("request", "localhost", "room.join", "{");
		assertThat(json.exitCode()).isEqualTo(2);
		assertThat(json.err()).startsWith("{ is not JSON: ");
		Ended scheme = nano("request", "http://localhost", "room.join");
		assertThat(scheme.exitCode()).isEqualTo(2);
		assertThat(scheme.err()).contains("tcp://host:port");
		Ended time = nano("request", "localhost", "room.join", "--timeout", "soon");
		assertThat(time.exitCode()).isEqualTo(2);
		assertThat(time.err()).contains("a time is written 250ms");
		assertThat(nano("bots", "nowhere.yml").err()).contains("There is no file nowhere.yml");
		Path scenario = Files.writeString(this.folder.resolve("scenario.yml"),
				"{ server: localhost, players: 1, duration: 1s, round: [{ request: a }] }");
		Ended report = nano("bots", scenario.toString(), "--report", scenario + "/report");
		assertThat(report.exitCode()).isEqualTo(2);
		assertThat(report.err()).startsWith("There can be no report " + scenario + "/report.html: ");
	}

	@Test
	void noConnectionAndNoAnswerAreThree() throws Exception {
		try (Game game = new Game()) {
			Ended late = nano("request", game.address(), "test.wait", "--timeout", "2s");
			assertThat(late.exitCode()).isEqualTo(3);
			assertThat(late.err()).startsWith("nano: test.wait was not answered within 2000 ms");
			game.die();
			Ended nobody = nano("request", game.address(), "test.echo");
			assertThat(nobody.exitCode()).isEqualTo(3);
			assertThat(nobody.err()).startsWith("nano: No connection could be made: ").contains("refused");
			assertThat(nano("connect", game.address()).exitCode()).isEqualTo(3);
		}
	}

	@Test
	void anAnswerAboveTheLimitIsThreeAndTheLimitCanBeSet() throws Exception {
		try (Game game = new Game()) {
			String payload = "\"%s\"".formatted("x".repeat(1000));
			Ended above = nano("request", game.address(), "test.echo", payload, "--max-packet-length", "1000");
			assertThat(above.exitCode()).isEqualTo(3);
			assertThat(above.err()).contains("more than 1000 bytes", "maxPacketLength");
			Ended within = nano("request", game.address(), "test.echo", payload, "--max-packet-length", "1010");
			assertThat(within.exitCode()).isZero();
			assertThat(within.out()).startsWith(payload);
			assertThat(nano("request", game.address(), "test.echo", "--max-packet-length", "0").exitCode())
				.isEqualTo(2);
		}
	}

	@Test
	void aHostNameMayHaveAnUnderscore() throws Exception {
		Ended ended = nano("request", "no_such_server.invalid:3250", "test.echo");
		assertThat(ended.exitCode()).isEqualTo(3);
		assertThat(ended.err()).startsWith("nano: No connection could be made: ").contains("no_such_server.invalid");
	}

	@Test
	void aConversationMayComeFromAFile() throws Exception {
		try (Game game = new Game()) {
			Ended ended = nanoTyping("request test.echo {\"from\":\"a file\"}\n", "connect", game.address());
			assertThat(ended.exitCode()).isZero();
			assertThat(ended.out()).contains("\"from\" : \"a file\"");
		}
	}

	@Test
	void botsTellWhetherThresholdsWereKept() throws Exception {
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
			Ended kept = nano("bots", scenario.toString(), "--server", game.address(), "--report", "out/report");
			assertThat(kept.err()).isEmpty();
			assertThat(kept.exitCode()).isZero();
			assertThat(kept.out()).contains("of 50 players", "kept   test.echo errors");
			JsonNode json = JsonMapper.shared().readTree(this.folder.resolve("out/report.json"));
			assertThat(json.path("connections").path("made").asInt()).isEqualTo(50);
			assertThat(this.folder.resolve("out/report.html")).content(StandardCharsets.UTF_8).contains("<svg ");

			Files.writeString(scenario, Files.readString(scenario).replace("errors: 0%", "max: 0ms"));
			Ended missed = nano("bots", scenario.toString(), "--server", game.address());
			assertThat(missed.exitCode()).isEqualTo(1);
			assertThat(missed.out()).contains("MISSED test.echo max");
			assertThat(this.folder.resolve("nano-bots.html")).exists();

			assertThat(nano("bots", scenario.toString()).exitCode()).isEqualTo(2);
			game.die();
			assertThat(nano("bots", scenario.toString(), "--server", game.address(), "--duration", "1s").exitCode())
				.isEqualTo(3);
		}
	}

}
