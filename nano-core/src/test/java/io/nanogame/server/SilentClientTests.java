package io.nanogame.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client is closed when it is silent for two and a half heartbeats.
 */
class SilentClientTests {

	private static final Duration HEARTBEAT = Duration.ofSeconds(10);

	private final MemoryServer server = new MemoryServer();

	private final MemoryServer busy = new MemoryServer();

	@BeforeEach
	void start() {
		this.server.settings(TestServer.settings((it) -> it.heartbeat(HEARTBEAT))).start();
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.busy.close();
	}

	@Test
	void aSilentClientIsClosedAndAnActiveOneIsNot() {
		try (RawClient silent = this.server.connect().handshake();
				RawClient talking = this.server.connect().handshake()) {
			for (int second = 1; second <= 25; second++) {
				talks(talking);
				assertThat(closed()).as("after %d seconds", second - 1).isZero();
				this.server.advance(Duration.ofSeconds(1));
			}
			talks(talking);
			this.server.advance(Duration.ofSeconds(2));
			assertThat(closed()).isOne();
			assertThat(silent.readEnd()).isEqualTo("end");
			talks(talking);
		}
	}

	private static void talks(RawClient client) {
		client.request(1, "test.echo", "1");
		assertThat(client.readResponse(1)).isEqualTo("1");
	}

	@Test
	void aHeartbeatKeepsTheConnectionOpen() {
		try (RawClient client = this.server.connect().handshake()) {
			for (int i = 0; i < 10; i++) {
				client.sendHex("03000000");
				this.server.advance(HEARTBEAT.multipliedBy(2));
			}
			assertThat(closed()).isZero();
			this.server.advance(HEARTBEAT);
			assertThat(closed()).isOne();
		}
	}

	@Test
	void aClientThatIsNotReadFromIsNotSilent() {
		CompletableFuture<String> reply = new CompletableFuture<>();
		this.busy
			.settings(TestServer
				.settings((it) -> it.heartbeat(HEARTBEAT).maxBacklog(1).requestTimeout(Duration.ofMinutes(10))))
			.loop("test.later", (request) -> reply)
			.start();
		try (RawClient client = this.busy.connect().handshake().request(1, "test.later", "")) {
			this.busy.advance(HEARTBEAT.multipliedBy(5));
			assertThat(this.busy.server().traffic().closed("heartbeat-timeout")).isZero();
			reply.complete("done");
			assertThat(client.readResponse(1)).isEqualTo("\"done\"");
			this.busy.advance(HEARTBEAT.multipliedBy(3));
			assertThat(this.busy.server().traffic().closed("heartbeat-timeout")).isOne();
		}
	}

	private long closed() {
		return this.server.server().traffic().closed("heartbeat-timeout");
	}

}
