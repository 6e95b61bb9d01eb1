package io.nanogame.server;

import java.time.Duration;

import io.nanogame.connection.TransportSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Native clients of the family reconnect after a close, but not after a kick.
 */
class NativeClientTests {

	private static TestServer server() {
		return Line.open(new TestServer());
	}

	@ParameterizedTest
	@EnumSource
	void theyReconnectAfterAGracefulStop(Line line) {
		try (TestServer first = server().start()) {
			try (NativePeer peer = new NativePeer(line, first.port())) {
				await().until(() -> peer.visits() == 1);
				int port = first.port();
				first.server().stop();
				try (TestServer second = server().on(port).start()) {
					await().until(() -> peer.visits() == 2);
					await().until(() -> second.sessions.count() == 1);
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void theyReconnectAfterAHeartbeatTimeOut(Line line) {
		// So that connections are swept often.
		TransportSettings settings = TestServer.settings((it) -> it.requestTimeout(Duration.ofMillis(100)));
		try (TestServer server = Line.open(TestServer.inStillTime()).settings(settings).start();
				NativePeer peer = new NativePeer(line, server.port())) {
			await().until(() -> peer.visits() == 1);
			server.advanceUntil(() -> server.server().traffic().closed("heartbeat-timeout") == 1);
			await().until(() -> peer.visits() == 2);
			assertThat(server.server().traffic().closed("heartbeat-timeout")).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource
	void theyDoNotReconnectAfterAKick(Line line) throws InterruptedException {
		try (TestServer server = server().start(); NativePeer peer = new NativePeer(line, server.port())) {
			await().until(() -> server.sessions.count() == 1);
			server.sessions.all().forEach((session) -> session.kick("cheating"));
			assertThat(peer.staysAway()).isTrue();
			assertThat(peer.visits()).isOne();
		}
	}

}
