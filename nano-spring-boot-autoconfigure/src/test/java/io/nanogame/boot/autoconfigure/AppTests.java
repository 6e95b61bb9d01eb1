package io.nanogame.boot.autoconfigure;

import java.util.HexFormat;

import io.nanogame.server.GameServer;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Real apps, byte by byte.
 */
class AppTests {

	@ParameterizedTest
	@EnumSource
	void anAppOfAnyKindServesTheGameOnItsOwnPort(WebApplicationType type) {
		try (RunningApp app = RunningApp.start(type); RawClient client = RawClient.tcp(app.gamePort())) {
			client.sendBytes(bytes("01 00 00 00"));
			RawPacket answer = client.read();
			assertThat(answer.type()).isEqualTo(RawPacket.HANDSHAKE);
			assertThat(answer.text()).contains("\"code\":200", "\"heartbeat\":30", "\"serializer\":\"json\"");
			client.sendBytes(bytes("02 00 00 00"));
			assertThat(client.read().type()).isEqualTo(RawPacket.HEARTBEAT);
			// Request 1 to "room.greet" with {"name":"Ada"}
			client.sendBytes(bytes("04 00 00 1B 00 01 0A"))
				.sendBytes(bytes("72 6F 6F 6D 2E 67 72 65 65 74"))
				.sendBytes(bytes("7B 22 6E 61 6D 65 22 3A 22 41 64 61 22 7D"));
			assertThat(client.readResponse(1)).isEqualTo("{\"words\":\"Hello Ada\"}");
		}
	}

	@ParameterizedTest
	@EnumSource
	void webSocketsAreServedOnTheSamePort(WebApplicationType type) {
		try (RunningApp app = RunningApp.start(type);
				RawClient client = RawClient.webSocket(app.gamePort()).handshake()) {
			client.request(1, "room.greet", "{\"name\":\"Ada\"}");
			assertThat(client.readResponse(1)).isEqualTo("{\"words\":\"Hello Ada\"}");
		}
	}

	@ParameterizedTest
	@EnumSource
	void theAppEndsWhileClientsAreConnected(WebApplicationType type) {
		RunningApp app = RunningApp.start(type);
		try (RawClient client = RawClient.tcp(app.gamePort()).handshake()) {
			app.close();
			assertThat(client.readEnd()).isEqualTo("end");
		}
	}

	@Test
	void anAppWithTheServerSwitchedOffRunsWithout() {
		try (RunningApp app = RunningApp.start(WebApplicationType.NONE, "nano.enabled=false")) {
			assertThatExceptionOfType(NoSuchBeanDefinitionException.class).isThrownBy(() -> app.bean(GameServer.class));
		}
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

}
