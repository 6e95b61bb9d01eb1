package io.nanogame.boot.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class KeysWithoutEffectTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nano.server.ssl.allow-plain-text       | true                 |
			nano.server.websocket.path             | /game                | nano.server.websocket.enabled=false
			nano.server.websocket.allowed-origins  | https://game.example | nano.server.websocket.enabled=false
			nano.web.protocols                     | json                 |
			nano.web.subprotocols                  | chat.v1              |
			nano.web.raw.route                     | chat.raw             |
			nano.server.raw.route                  | chat.raw             |
			nano.server.websocket.subprotocols     | chat.v1              | nano.server.websocket.enabled=false
			nano.server.allow-unauthenticated      | true                 |
			nano.server.compression                | permessage-deflate   | nano.server.websocket.enabled=false
			nano.server.compression                | pomelo               | nano.server.protocols=json
			nano.server.compression-threshold      | 2KB                  |
			nano.server.idle-timeout               | 1m                   |
			nano.server.ids[room.join]             | 7                    |
			nano.server.length-id                  | 99                   | nano.server.length-id.error-id=99
			nano.server.keep-alive                 | 9                    | nano.server.keep-alive.count=9
			nano.server.limits.burst               | 5                    |
			nano.server.limits.weights[room.join]  | 5                    |
			nano.server.limits.on-excess           | kick                 |
			""")
	void aKeyWithoutEffectIsLogged(String key, String value, String other, CapturedOutput output) {
		String[] properties = (other != null && other.startsWith(key)) ? new String[] { other }
				: (other != null) ? new String[] { key + "=" + value, other } : new String[] { key + "=" + value };
		GameRunner.create()
			.withPropertyValues(properties)
			.run((context) -> assertThat(output)
				.contains("The key '" + key.replace("[room.join]", "") + "' has no effect"));
	}

	@Test
	void keysThatHaveAnEffectAreNot(CapturedOutput output) {
		GameRunner.create()
			.withPropertyValues("nano.server.websocket.path=/game", "nano.server.limits.requests-per-second=10",
					"nano.server.limits.burst=20", "nano.server.limits.on-excess=kick",
					"nano.server.limits.weights[room.join]=5",
					"nano.server.websocket.allowed-origins=https://game.example")
			.run((context) -> assertThat(output).doesNotContain("has no effect"));
	}

	@Test
	void aRawRouteWithoutHandlerIsLogged(CapturedOutput output) {
		GameRunner.create()
			.withUserConfiguration(Room.class)
			.withPropertyValues("nano.listeners.sockets.port=0", "nano.listeners.sockets.protocols=raw",
					"nano.listeners.rooms.port=0", "nano.listeners.rooms.protocols=raw",
					"nano.listeners.rooms.raw.route=room.greet", "nano.listeners.rooms.address=127.0.0.1",
					"nano.listeners.sockets.address=127.0.0.1")
			.run((context) -> assertThat(output)
				.contains("No handler has the route of 'nano.listeners.sockets.raw.route'")
				.doesNotContain("route of 'nano.listeners.rooms")
				.doesNotContain("route of 'nano.server"));
	}

}
