package io.nanogame.server;

import java.nio.charset.StandardCharsets;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client gets whose handler runs into a limit, and leaves it at that.
 */
class GameLimitTests {

	private final TestServer server = new TestServer(1);

	@BeforeEach
	void start() {
		Group duel = new Groups(this.server.payloads, this.server.timers, 1).create("duel");
		this.server.lane("test.duel", (request) -> duel.add(request.session())).lane("test.remember", (request) -> {
			request.session().attributes().set(new String(request.body(), StandardCharsets.UTF_8), true);
			return true;
		}).start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void whoComesToAFullGroupIsAnswered409() {
		try (RawClient first = this.server.tcp().handshake(); RawClient second = this.server.tcp().handshake()) {
			assertThat(first.request(1, "test.duel", "").readResponse(1)).isEqualTo("true");
			assertThat(second.request(1, "test.duel", "").readResponse(1))
				.isEqualTo("{\"code\":409,\"msg\":\"the group is full\"}");
			assertThat(second.request(2, "test.echo", "{}").readResponse(2)).isEqualTo("{}");
		}
	}

	@Test
	void whoWantsTooMuchRememberedIsAnswered409() {
		try (RawClient first = this.server.tcp().handshake(); RawClient second = this.server.tcp().handshake()) {
			assertThat(first.request(1, "test.remember", "a").readResponse(1)).isEqualTo("true");
			assertThat(first.request(2, "test.remember", "b").readResponse(2))
				.isEqualTo("{\"code\":409,\"msg\":\"too many attributes\"}");
			assertThat(first.request(3, "test.remember", "a").readResponse(3)).isEqualTo("true");
			assertThat(second.request(1, "test.remember", "b").readResponse(1)).isEqualTo("true");
			assertThat(this.server.sessions.attributeLimit().timesExceeded()).isOne();
		}
	}

}
