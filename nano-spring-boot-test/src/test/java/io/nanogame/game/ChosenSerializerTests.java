package io.nanogame.game;

import java.util.Map;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.serialize.RawSerializer;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Tests players whose serializer a handshake validator chooses. */
@NanoTest(value = ChosenSerializerTests.Echo.class, properties = "nano.additional-serializers=raw")
class ChosenSerializerTests {

	@Autowired
	private NanoTestClient players;

	@Test
	void playersOfDifferentSerializersShareHandlers() {
		TestPlayer raw = this.players.user(Map.of("serializer", "raw")).serializer(new RawSerializer()).connect();
		TestPlayer json = this.players.connect();
		for (TestPlayer player : new TestPlayer[] { raw, json }) {
			player.request("echo.echo", "hi").expectResponse(String.class).isEqualTo("hi");
			player.expectPush("onEcho", String.class).isEqualTo("hi");
			player.request("echo.none", "hi").expectError(404);
		}
		raw.request("echo.echo", "hi").expectResponse(byte[].class).isEqualTo(new byte[] { 'h', 'i' });
	}

	@GameComponent("echo")
	static class Echo {

		@Handler
		String echo(Session session, String text) {
			session.push("onEcho", text);
			return text;
		}

	}

	@TestConfiguration
	static class Config {

		@Bean
		Echo echo() {
			return new Echo();
		}

		@Bean
		HandshakeValidator choice() {
			return (handshake) -> {
				String name = handshake.request().user().path("serializer").asString("");
				if (!name.isEmpty()) {
					handshake.serializer(name);
				}
			};
		}

	}

}
