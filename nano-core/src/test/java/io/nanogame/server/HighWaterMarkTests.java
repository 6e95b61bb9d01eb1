package io.nanogame.server;

import java.time.Duration;
import java.util.Map;

import io.nanogame.connection.PushPolicy;
import io.nanogame.connection.PushSettings;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that the server has not written yet do not count as unread by the client.
 */
class HighWaterMarkTests {

	private static final int PUSHES = 60;

	private final TestServer server = new TestServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void aReadingClientReceivesAllOfABurst() {
		PushSettings settings = new PushSettings(Duration.ZERO, Map.of("onRumour", PushPolicy.DROP),
				(route, value) -> null);
		this.server.settings(TestServer.settings((it) -> it.highWaterMark(16 * 1024)))
			.with((builder) -> builder.pushes(settings))
			.loop("test.burst", (request) -> {
				for (int i = 0; i < PUSHES; i++) {
					request.session().push("onRumour", "x".repeat(500));
				}
				return "done";
			})
			.start();
		try (RawClient client = this.server.tcp().handshake()) {
			client.request(1, "test.burst", "{}");
			int pushes = 0;
			RawPacket packet = client.readData();
			while (packet.isPush()) {
				pushes++;
				packet = client.readData();
			}
			assertThat(pushes).isEqualTo(PUSHES);
			assertThat(this.server.server().traffic().pushesDropped()).isZero();
		}
	}

}
