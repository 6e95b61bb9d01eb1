package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class KickTests {

	@Test
	void ourClientsAreToldWhenToComeBack() {
		assertThat(Kick.toJson("restart", true)).asString(StandardCharsets.UTF_8)
			.isEqualTo("{\"reason\":\"restart\",\"reconnect\":true}");
	}

	@Test
	void aReasonIsWrittenAsJson() {
		assertThat(Kick.toJson("say \"bye\"", false)).asString(StandardCharsets.UTF_8)
			.isEqualTo("{\"reason\":\"say \\\"bye\\\"\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kick", "", "再见 😀", "\"", "\u0000", "\ud83d" })
	void aReasonIsReadAsItWasWritten(String reason) {
		assertThat(Kick.parse(Kick.toJson(reason, true))).isEqualTo(reason);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "bye", "{}", "[]", "null", "{\"reason\":1}", "{\"reason\":null}", "{\"reason\":\"x\"" })
	void anythingElseIsNoReason(String body) {
		assertThat(Kick.parse(body.getBytes(StandardCharsets.UTF_8))).isEmpty();
	}

}
