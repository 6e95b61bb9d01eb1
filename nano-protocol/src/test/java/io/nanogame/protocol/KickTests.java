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
	void clientsAreAskedToMove() {
		Kick moving = Kick.moving(500);
		assertThat(moving.toJson()).asString(StandardCharsets.UTF_8)
			.isEqualTo("{\"reason\":\"moving\",\"reconnect\":true,\"after\":500}");
		assertThat(Kick.parse(moving.toJson())).isEqualTo(moving);
		assertThat(moving.isMoving()).isTrue();
		assertThat(new Kick("moving", false).isMoving()).isFalse();
		assertThat(new Kick("restart", true).isMoving()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",\"after\":-1", ",\"after\":\"1\"", ",\"after\":null" })
	void withoutATimeClientsMoveAtOnce(String after) {
		String body = "{\"reason\":\"moving\",\"reconnect\":true%s}".formatted(after);
		assertThat(Kick.parse(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(Kick.moving(0));
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
