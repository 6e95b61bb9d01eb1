package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class KickTests {

	@Test
	void ourClientsAreNotifiedWhetherToReconnect() {
		assertThat(new Kick("restart", true).toJson()).asString(StandardCharsets.UTF_8)
			.isEqualTo("{\"reason\":\"restart\",\"reconnect\":true}");
	}

	@Test
	void aReasonIsWrittenAsJson() {
		assertThat(new Kick("say \"bye\"", false).toJson()).asString(StandardCharsets.UTF_8)
			.isEqualTo("{\"reason\":\"say \\\"bye\\\"\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kick", "", "再见 😀", "\"", "\u0000", "\ud83d" })
	void aReasonIsReadAsItWasWritten(String reason) {
		assertThat(Kick.parse(new Kick(reason, true).toJson())).isEqualTo(new Kick(reason, true));
		assertThat(Kick.parse(new Kick(reason, false).toJson())).isEqualTo(new Kick(reason, false));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "bye", "{}", "[]", "null", "{\"reason\":1}", "{\"reason\":null}", "{\"reason\":\"x\"" })
	void otherBodiesHaveAnEmptyReason(String body) {
		assertThat(Kick.parse(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(new Kick("", false));
	}

}
