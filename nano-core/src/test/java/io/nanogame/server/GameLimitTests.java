package io.nanogame.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.route.RouteHandler;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.SessionRegistry;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The errors of handlers that exceed a limit and do not catch the exception.
 */
class GameLimitTests {

	private final MemoryServer server = new MemoryServer(1, LoginPolicy.SEVERAL);

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
	void aJoinOfAFullGroupFailsWith409() {
		try (RawClient first = this.server.connect().handshake();
				RawClient second = this.server.connect().handshake()) {
			assertThat(first.request(1, "test.duel", "").readResponse(1)).isEqualTo("true");
			assertThat(second.request(1, "test.duel", "").readResponse(1))
				.isEqualTo("{\"code\":409,\"msg\":\"the group is full\"}");
			assertThat(second.request(2, "test.echo", "{}").readResponse(2)).isEqualTo("{}");
		}
	}

	@Test
	void conflictsWithAGroupOrSessionFailWith409Or404() {
		Group room = this.server.groups.create("room");
		Group ended = this.server.groups.create("ended");
		ended.close();
		Map<String, RouteHandler> races = new LinkedHashMap<>();
		races.put("a member already", (request) -> room.add(request.session()) && room.add(request.session()));
		races.put("there is such a group already", (request) -> this.server.groups.create("room"));
		races.put("the group is closed", (request) -> ended.add(request.session()));
		races.put("no such member", (request) -> room.member("nobody"));
		races.put("logged in already", (request) -> {
			request.session().bind("ann");
			request.session().bind("bob");
			return true;
		});
		try (MemoryServer fresh = new MemoryServer()) {
			races.forEach((message, handler) -> fresh.lane("race." + message.replace(' ', '-'), handler));
			fresh.start();
			try (RawClient client = fresh.connect().handshake()) {
				int id = 0;
				for (String message : races.keySet()) {
					id++;
					int code = message.startsWith("no ") ? 404 : 409;
					assertThat(client.request(id, "race." + message.replace(' ', '-'), "").readResponse(id))
						.isEqualTo("{\"code\":%d,\"msg\":\"%s\"}".formatted(code, message));
				}
			}
		}
	}

	@Test
	void anAttributeAboveTheLimitFailsWith409() {
		try (RawClient first = this.server.connect().handshake();
				RawClient second = this.server.connect().handshake()) {
			assertThat(first.request(1, "test.remember", "a").readResponse(1)).isEqualTo("true");
			assertThat(first.request(2, "test.remember", "b").readResponse(2))
				.isEqualTo("{\"code\":409,\"msg\":\"too many attributes\"}");
			assertThat(first.request(3, "test.remember", "a").readResponse(3)).isEqualTo("true");
			assertThat(second.request(1, "test.remember", "b").readResponse(1)).isEqualTo("true");
			assertThat(SessionRegistry.of(this.server.sessions).attributeLimit().timesExceeded()).isOne();
		}
	}

}
