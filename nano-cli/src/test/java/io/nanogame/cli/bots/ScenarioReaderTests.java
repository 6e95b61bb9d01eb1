package io.nanogame.cli.bots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ScenarioReaderTests {

	@TempDir
	private Path folder;

	private Scenario read(String text) throws IOException {
		return ScenarioReader.read(Files.writeString(this.folder.resolve("scenario.yml"), text));
	}

	@Test
	void theChatScenarioIsRead() {
		Scenario scenario = ScenarioReader.read(Path.of("scenarios/chat.yml"));
		assertThat(scenario.players()).isEqualTo(5000);
		assertThat(scenario.steps()).extracting(Step::name).containsExactly("room.join", "room.message", "onMessage");
		assertThat(scenario.thresholds()).isNotEmpty();
	}

	@Test
	void theArenaScenarioJoinsRooms() {
		Scenario scenario = ScenarioReader.read(Path.of("scenarios/arena.yml"));
		assertThat(scenario.connect()).extracting(Step::name).containsExactly("rooms.joinOrCreate", "arena.join");
		assertThat(scenario.thresholds()).hasSize(3);
	}

	@Test
	void theGuideScenarioIsRead() {
		Scenario scenario = ScenarioReader.read(Path.of("scenarios/everything.yml"));
		assertThat(scenario.every()).isEqualTo(Duration.ofSeconds(10));
		assertThat(scenario.user()).isNotNull();
		assertThat(scenario.round()).hasAtLeastOneElementOfType(Step.Think.class)
			.hasAtLeastOneElementOfType(Step.Leave.class);
		assertThat(scenario.thresholds()).hasSize(2);
	}

	@Test
	void allKeysOfAScenarioAreRead() throws IOException {
		Scenario scenario = read("""
				name: all of it
				server: ws://localhost:3250/nano
				players: 10
				ramp-up: 5s
				duration: 1m
				every: 2s
				timeout: 3s
				user: { token: "${player}" }
				connect:
				  - request: room.join
				    payload: { name: "${player}" }
				    expect: { code: 0 }
				round:
				  - think: 1s-2s
				  - think: 1s
				  - notify: room.chat
				    name: say
				    payload: hello
				  - wait: onChat
				    where: { name: "${player}" }
				    timeout: 1s
				  - leave: 5s
				  - leave: forever
				thresholds:
				  - p99: 250ms
				    errors: 0.1%
				  - step: say
				    errors: 0%
				""");
		assertThat(scenario.name()).isEqualTo("all of it");
		assertThat(scenario.every()).isEqualTo(Duration.ofSeconds(2));
		assertThat(scenario.connect()).singleElement()
			.isInstanceOfSatisfying(Step.Request.class,
					(ask) -> assertThat(ask.timeout()).isEqualTo(Duration.ofSeconds(3)));
		assertThat(scenario.round()).satisfiesExactly(
				(step) -> assertThat(step).isEqualTo(new Step.Think(Duration.ofSeconds(1), Duration.ofSeconds(2))),
				(step) -> assertThat(step).isEqualTo(new Step.Think(Duration.ofSeconds(1), Duration.ofSeconds(1))),
				(step) -> assertThat(step.name()).isEqualTo("say"),
				(step) -> assertThat(step).isInstanceOfSatisfying(Step.Await.class,
						(await) -> assertThat(await.timeout()).isEqualTo(Duration.ofSeconds(1))),
				(step) -> assertThat(step).isEqualTo(new Step.Leave(Duration.ofSeconds(5))),
				(step) -> assertThat(step).isEqualTo(new Step.Leave(null)));
		assertThat(scenario.thresholds()).containsExactly(
				new Threshold(null, null, null, Duration.ofMillis(250), null, 0.001),
				new Threshold("say", null, null, null, null, 0.0));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			// the text after "players: 1; duration: 1s", with semicolons for newlines
			"| players have nothing to do",
			"round: [{ request: a, notify: b }] | step 1 of round: a step is just one of request, notify, wait, think",
			"round: [{ payload: 1 }] | step 1 of round: a step is just one of",
			"connect: [{ request: a }, null] | step 2 of connect: a step: is missing",
			"connect: [{ notify: a, expect: 1 }] | step 1 of connect: expect: means nothing to any step but a request",
			"connect: [{ wait: a, payload: 1 }] | step 1 of connect: payload: means nothing to a step that sends nothing",
			"round: [{ leave: soon }] | step 1 of round: a time is written 250ms, 1.5s, 2m or 1h, not 'soon'",
			"round: [{ notify: a }] | a round of notifications only never pauses; add a think: step, or every:",
			"round: [{ request: a }, { notify: a }] | steps of two kinds are called a; give one of them a name:",
			"round: [{ request: connect }] | steps of two kinds are called connect",
			"round: [{ request: a, payload: '${x}' }] | step 1 of round: ${x} is not known",
			"round: [{ request: a }]; thresholds: [{ step: b, p99: 1s }] | a threshold is for step b, which is not one of connect, a",
			"; roundd: [] | line 4: 'roundd' is not known here; known are [",
			"round: [{ think: 3s-1s }] | line 3: the shorter time comes first, not '3s-1s'",
			"round: [{ think: long }] | line 3: a time is written 250ms, 1.5s, 2m or 1h, not 'long'",
			"round: [{ request: a }]; thresholds: [{ errors: 1 }] | line 4: a part is written 0.1%, not '1'",
			"round: [ | line" })
	void mistakesAreReportedWithTheirPlace(String text, String message) throws IOException {
		String yaml = "players: 1\nduration: 1s\n" + ((text != null) ? text.replaceAll("; *", "\n") : "");
		assertThatExceptionOfType(ScenarioException.class).isThrownBy(() -> read(yaml))
			.withMessageContaining("scenario.yml")
			.withMessageContaining(message);
	}

	@Test
	void missingEntriesAreNamed() throws IOException {
		assertThatExceptionOfType(ScenarioException.class).isThrownBy(() -> read("players: 1\nround: [{ request: a }]"))
			.withMessageEndingWith("duration: is missing");
		assertThatExceptionOfType(ScenarioException.class)
			.isThrownBy(() -> read("players: 0\nduration: 1s\nround: [{ request: a }]"))
			.withMessageEndingWith("players must be 1 or more, not 0");
		assertThatExceptionOfType(ScenarioException.class).isThrownBy(() -> read("")).withMessageEndingWith("is empty");
		Path nowhere = this.folder.resolve("nowhere.yml");
		assertThatExceptionOfType(ScenarioException.class).isThrownBy(() -> ScenarioReader.read(nowhere))
			.withMessage("There is no file " + nowhere);
	}

}
