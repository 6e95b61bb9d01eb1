package io.nanogame.cli.bots;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TemplateTests {

	private static String render(String json, int player, int round) {
		return new String(new Template(JsonMapper.shared().readTree(json)).render(player, round),
				StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "\"Player ${player}\" | \"Player 205\"", "\"${player}\" | 205",
					"\"room ${player % 100}\" | \"room 5\"", "\"${player%100}${round}\" | \"57\"",
					"{\"${ round }\":[1,\"a\"]} | {\"7\":[1,\"a\"]}", "\"\\\"${player}\" | \"\\\"205\"",
					"\"say \\\"${player}\\\"\" | \"say \\\"205\\\"\"", "{\"a\":1} | {\"a\":1}",
					"\"😀 ${player}\" | \"\\ud83d\\ude00 205\"" })
	void placeholdersAreReplacedForEachPlayer(String json, String rendered) {
		assertThat(render(json, 205, 7)).isEqualTo(rendered);
	}

	@ParameterizedTest
	@ValueSource(strings = { "${room}", "${player + 1}", "${player % 0}", "${}" })
	void unknownExpressionsAreRejected(String expression) {
		assertThatExceptionOfType(ScenarioException.class)
			.isThrownBy(() -> render("\"%s\"".formatted(expression), 1, 1))
			.withMessage("%s is not known; write ${player}, ${round} or ${player %% 100}", expression);
	}

	@Test
	void anExpectationIgnoresFurtherFields() {
		assertThat(meets("{\"code\":0}", "{\"code\":0,\"more\":1}")).isTrue();
		assertThat(meets("{\"code\":0}", "{\"code\":0.0}")).isTrue();
		assertThat(meets("{\"a\":{\"b\":[1]}}", "{\"a\":{\"b\":[1],\"c\":2}}")).isTrue();
		assertThat(meets("{\"code\":0}", "{\"code\":1}")).isFalse();
		assertThat(meets("{\"code\":0}", "{}")).isFalse();
		assertThat(meets("{\"code\":0}", "[]")).isFalse();
		assertThat(meets("[1]", "[1,2]")).isFalse();
		assertThat(meets("[1]", "{}")).isFalse();
		assertThat(meets("\"0\"", "0")).isFalse();
		assertThat(meets("{}", "no JSON")).isFalse();
	}

	private static boolean meets(String expected, String actual) {
		return new Expectation(JsonMapper.shared().readTree(expected)).isMetBy(actual.getBytes(StandardCharsets.UTF_8));
	}

}
