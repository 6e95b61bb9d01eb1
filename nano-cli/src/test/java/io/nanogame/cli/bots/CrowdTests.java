package io.nanogame.cli.bots;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.nanogame.cli.Game;
import io.nanogame.cli.bots.Report.Sample;
import io.nanogame.cli.bots.Report.StepResult;
import io.nanogame.cli.bots.Report.Verdict;
import io.nanogame.cli.input.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** Tests of {@link Crowd} with a server. */
class CrowdTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	/** Joins, waits until the test opens the gate, and leaves. */
	private static final String AWAIT_GATE = """
			players: 50
			duration: 60s
			timeout: 60s
			connect:
			  - request: room.join
			    expect: { code: 0 }
			round:
			  - request: test.wait
			  - leave: forever
			""";

	@TempDir
	private Path folder;

	private Report play(Game game, String scenario) {
		return play(game, scenario, (sample) -> {
			// Samples are ignored.
		});
	}

	private Report play(Game game, String scenario, Consumer<Sample> watcher) {
		try {
			Path file = Files.writeString(Files.createTempFile(this.folder, "scenario", ".yml"), scenario);
			return new Crowd(ScenarioReader.read(file), Server.of(game.address(), null)).play(watcher);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private CompletableFuture<Report> playing(Game game, String scenario) {
		return CompletableFuture.supplyAsync(() -> play(game, scenario), (play) -> new Thread(play, "play").start());
	}

	private static StepResult step(Report report, String name) {
		return report.steps().stream().filter((step) -> step.name().equals(name)).findFirst().orElseThrow();
	}

	@Test
	void fiftyPlayersReceiveTheirOwnMessages() {
		try (Game game = new Game()) {
			Report report = play(game, """
					players: 50
					ramp-up: 1s
					duration: 60s
					connect:
					  - request: room.join
					    expect: { code: 0 }
					round:
					  - think: 1ms-50ms
					  - notify: room.chat
					    payload: { name: "Player ${player}", round: "${round}" }
					  - wait: onChat
					    where: { name: "Player ${player}", round: 1 }
					  - leave: forever
					thresholds:
					  - p99: 30s
					    errors: 0%
					""");
			assertThat(report.steps()).extracting(StepResult::name)
				.containsExactly("connect", "room.join", "room.chat", "onChat");
			assertThat(report.steps()).allSatisfy((step) -> {
				assertThat(step.succeeded()).isEqualTo(50);
				assertThat(step.failed()).isZero();
				assertThat(step.sinceDue()).isNull();
			});
			assertThat(step(report, "room.chat").times()).isNull();
			assertThat(step(report, "onChat").times().p50()).isPositive();
			assertThat(report.connections().made()).isEqualTo(50);
			assertThat(report.connections().lost()).isZero();
			assertThat(report.passed()).isTrue();
			assertThat(report.verdicts()).extracting(Verdict::what)
				.containsExactly("connect p99", "connect errors", "room.join p99", "room.join errors",
						"room.chat errors", "onChat p99", "onChat errors");
			assertThat(report.seconds()).isBetween(0.9, 30.0);
			assertThat(report.timeline()).last().satisfies((sample) -> assertThat(sample.connected()).isZero());
			assertThat(report.timeline().stream().mapToLong(Sample::succeeded).sum()).isEqualTo(200);
		}
	}

	@Test
	void playersReconnectToACrashedServerAndReportTheOutage() {
		try (Game game = new Game()) {
			CompletableFuture<Report> playing = playing(game, AWAIT_GATE);
			await().atMost(TIMEOUT).until(() -> game.waiting() == 50);
			game.crash();
			game.start();
			await().atMost(TIMEOUT).until(() -> game.waiting() == 50);
			game.gate.countDown();
			assertThat(playing).succeedsWithin(TIMEOUT).satisfies((report) -> {
				assertThat(report.connections()).satisfies((connections) -> {
					assertThat(connections.made()).isEqualTo(100);
					assertThat(connections.lost()).isEqualTo(50);
					assertThat(connections.lostBecause()).isEqualTo(Map.of("connection lost", 50L));
					assertThat(connections.reconnects()).isEqualTo(50);
					assertThat(connections.outages().max()).isPositive();
					assertThat(connections.outageSeconds()).isPositive();
					assertThat(connections.withoutAtEnd()).isZero();
				});
				assertThat(step(report, "test.wait").failures()).isEqualTo(Map.of("connection lost", 50L));
				assertThat(step(report, "test.wait").succeeded()).isEqualTo(50);
				assertThat(step(report, "room.join").succeeded()).isEqualTo(100);
				assertThat(step(report, "connect").succeeded()).isEqualTo(100);
			});
		}
	}

	@Test
	void allPlayersReconnectAfterACleanRestart() {
		try (Game game = new Game()) {
			CompletableFuture<Report> playing = playing(game, AWAIT_GATE);
			await().atMost(TIMEOUT).until(() -> game.waiting() == 50);
			game.stop();
			game.start();
			await().atMost(TIMEOUT).until(() -> game.waiting() == 50);
			game.gate.countDown();
			assertThat(playing).succeedsWithin(TIMEOUT).satisfies((report) -> {
				assertThat(report.connections().lostBecause()).isEqualTo(Map.of("connection lost", 50L));
				assertThat(report.connections().reconnects()).isEqualTo(50);
				// The server failed the requests that exceeded the grace period.
				assertThat(step(report, "test.wait").failures()).containsEntry("answered 408", 50L);
			});
		}
	}

	@Test
	void playersOfACrashedServerAreDisconnectedAtTheEnd() {
		try (Game game = new Game()) {
			Report report = play(game, AWAIT_GATE.replace("duration: 60s", "duration: 8s"), (sample) -> {
				if (sample.connected() == 50) {
					game.crash();
				}
			});
			assertThat(report.connections().lost()).isEqualTo(50);
			assertThat(report.connections().reconnects()).isZero();
			assertThat(report.connections().withoutAtEnd()).isEqualTo(50);
			assertThat(step(report, "connect").failures()).hasSize(1)
				.allSatisfy((kind, times) -> assertThat(kind).contains("Connection refused"));
			assertThat(report.timeline()).last().satisfies((sample) -> assertThat(sample.connected()).isZero());
		}
	}

	@Test
	void playersThatNeverConnectAreCounted() {
		try (Game game = new Game()) {
			game.crash();
			Report report = play(game, AWAIT_GATE.replace("duration: 60s", "duration: 1s"));
			assertThat(report.connections().made()).isZero();
			assertThat(report.connections().neverConnected()).isEqualTo(50);
			assertThat(step(report, "connect").failures()).hasSize(1)
				.allSatisfy((kind, times) -> assertThat(kind).contains("Connection refused"));
		}
	}

	@Test
	void failuresAreCountedByKind() {
		Map<String, String> kinds = Map.of("{ request: test.fail }", "answered 403", //
				"{ request: test.wait }", "not answered in time", //
				"{ wait: onNothing }", "push did not come", //
				"{ request: test.echo, payload: { a: 1 }, expect: { a: 2 } }", "unexpected answer", //
				"{ request: %s }".formatted("x".repeat(300)), "ProtocolException");
		try (Game game = new Game()) {
			Map<String, CompletableFuture<Report>> plays = new HashMap<>();
			kinds.forEach((step, kind) -> plays.put(kind,
					playing(game, "players: 1\nduration: 4s\ntimeout: 2s\nround: [%s]".formatted(step))));
			assertThat(plays)
				.allSatisfy((kind, play) -> assertThat(play).succeedsWithin(TIMEOUT).satisfies((report) -> {
					StepResult result = report.steps().get(1);
					assertThat(result.succeeded()).isZero();
					assertThat(result.failures()).containsOnlyKeys(kind);
					assertThat(result.failed()).as("with a pause between").isBetween(1L, 5L);
				}));
		}
	}

	@Test
	void aPlayerThatLeavesForATimeReturnsAsANewClient() {
		try (Game game = new Game()) {
			Report report = play(game, """
					players: 2
					duration: 3s
					connect:
					  - request: room.join
					round:
					  - leave: 100ms
					""");
			assertThat(report.connections().made()).isGreaterThan(4);
			assertThat(report.connections().lost()).isZero();
			assertThat(report.connections().outages()).isNull();
			assertThat(step(report, "room.join").succeeded()).isGreaterThan(4);
		}
	}

	@Test
	void lateRoundsAreTimedSinceTheyWereDue() {
		try (Game game = new Game()) {
			Report report = play(game, """
					players: 1
					duration: 5s
					every: 50ms
					connect:
					  - request: room.join
					round:
					  - request: test.wait
					""", (sample) -> {
				if (sample.second() == 2) {
					game.gate.countDown();
				}
			});
			assertThat(step(report, "room.join").sinceDue()).as("of what is not due by the clock").isNull();
			StepResult result = step(report, "test.wait");
			assertThat(result.succeeded()).isGreaterThan(20);
			assertThat(result.times().max()).isGreaterThan(500);
			// One slow request delayed the begin of twenty others.
			assertThat(result.sinceDue().mean()).isGreaterThan(2 * result.times().mean());
			assertThat(result.sinceDue().p90()).isGreaterThan(10 * result.times().p50());
		}
	}

	@Test
	void missedRoundsAreCounted() {
		try (Game game = new Game()) {
			Report report = play(game, """
					players: 50
					duration: 6s
					every: 1s
					round:
					  - request: test.echo
					""", (sample) -> {
				if (sample.second() == 3) {
					game.crash();
				}
			});
			assertThat(report.connections().withoutAtEnd()).isEqualTo(50);
			// One a second for each player, more or less.
			assertThat((double) report.connections().missedRounds()).isCloseTo(report.connections().outageSeconds(),
					within(25.0));
		}
	}

	@Test
	void missedThresholdsAreReported() {
		try (Game game = new Game()) {
			Report report = play(game, """
					players: 1
					duration: 1s
					connect:
					  - request: test.fail
					round:
					  - request: test.echo
					thresholds:
					  - step: test.fail
					    errors: 50%
					    max: 1h
					  - step: test.echo
					    errors: 0%
					    p50: 1h
					  - step: connect
					    p95: 0ms
					""");
			assertThat(report.passed()).isFalse();
			assertThat(report.verdicts()).allSatisfy((verdict) -> assertThat(verdict.kept()).isFalse());
			assertThat(report.verdicts()).extracting(Verdict::what)
				.containsExactly("test.fail max", "test.fail errors", "test.echo p50", "test.echo errors",
						"connect p95");
			assertThat(report.verdicts().get(0).actual()).isEqualTo("never done");
			assertThat(report.verdicts().get(1).actual()).isEqualTo("100.000 %");
		}
	}

}
