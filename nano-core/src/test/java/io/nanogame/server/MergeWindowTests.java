package io.nanogame.server;

import java.time.Duration;
import java.util.Map;

import io.nanogame.connection.PushSettings;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Pushes may be delayed to be merged into one write; other messages are not.
 */
class MergeWindowTests {

	private final TestServer server = new TestServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	private RawClient connect(Duration window) {
		this.server.with((builder) -> builder.pushes(new PushSettings(window, Map.of(), (route, value) -> null)))
			.start();
		RawClient client = this.server.tcp().handshake();
		await().until(() -> this.server.sessions.count() == 1);
		return client;
	}

	private Session session() {
		return this.server.sessions.all().iterator().next();
	}

	@Test
	void aPushIsSentAtTheEndOfTheWindow() {
		try (RawClient client = connect(Duration.ofMillis(50))) {
			long start = System.nanoTime();
			session().push("onOne", 1);
			session().push("onTwo", 2);
			assertThat(client.readPush("onOne")).isEqualTo("1");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(40));
			assertThat(client.readPush("onTwo")).isEqualTo("2");
		}
	}

	@Test
	void aResponseIsSentImmediatelyWithThePendingPushes() {
		try (RawClient client = connect(Duration.ofMinutes(5))) {
			session().push("onOne", 1);
			client.request(1, "test.fastEcho", "\"now\"");
			assertThat(client.readData().payload()).isEqualTo("1");
			assertThat(client.readData().payload()).isEqualTo("\"now\"");
		}
	}

	@Test
	void pendingPushesAreSentBeforeAKick() {
		try (RawClient client = connect(Duration.ofMinutes(5))) {
			session().push("onBye", 1);
			session().kick("over");
			assertThat(client.readPush("onBye")).isEqualTo("1");
			assertThat(client.readKick()).isEqualTo("{\"reason\":\"over\"}");
		}
	}

	@Test
	void aNegativeWindowIsRejected() {
		this.server.start();
		assertThatThrownBy(() -> new PushSettings(Duration.ofMillis(-1), Map.of(), (route, value) -> null))
			.hasMessageContaining("merge window");
	}

}
