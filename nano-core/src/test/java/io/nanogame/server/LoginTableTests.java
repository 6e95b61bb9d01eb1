package io.nanogame.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.resume.ResumeSettings;
import io.nanogame.route.Request;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawResumingClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a second login of a player does: the table of docs/sessions.md, a test for each
 * cell. An own client has agreed to resume its session, an old one knows nothing of it.
 */
class LoginTableTests {

	/** For which the server keeps a session without a connection. */
	private static final Duration WINDOW = Duration.ofSeconds(30);

	private final List<String> closed = new CopyOnWriteArrayList<>();

	private MemoryServer server;

	private void start(LoginPolicy policy) {
		this.server = new MemoryServer(0, policy);
		this.server
			.settings(TestServer.settings(
					(it) -> it.heartbeat(Duration.ofSeconds(30)).resume(new ResumeSettings(WINDOW, 4096, 10, 1 << 20))))
			.lane("test.login", (request) -> request.session().bind("ann").id())
			.lane("test.who", LoginTableTests::who)
			.start();
		this.server.sessions.addListener(new SessionListener() {
			@Override
			public void closed(Session session, CloseReason reason) {
				LoginTableTests.this.closed.add(session.id() + " " + reason.code());
			}
		});
	}

	private static Object who(Request request) {
		return request.session().id() + " " + request.session().uid();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest(name = "{0}, {2} client, {1}: the older session {3}, its client {4}, the newer login {5}")
	@CsvSource(delimiter = '|', textBlock = """
			several  | open     | old | stays     | stays           | has a second session
			several  | open     | own | stays     | stays           | has a second session
			several  | silent   | old | stays     | stays           | has a second session
			several  | silent   | own | stays     | stays           | has a second session
			several  | detached | own | stays     | is away         | has a second session
			several  | cut      | old | is closed | is away         | has a new session
			replace  | open     | old | replaced  | is kicked       | has a new session
			replace  | open     | own | replaced  | is kicked       | has a new session
			replace  | silent   | old | replaced  | is kicked       | has a new session
			replace  | silent   | own | replaced  | is kicked       | has a new session
			replace  | detached | own | replaced  | is away         | has a new session
			replace  | cut      | old | is closed | is away         | has a new session
			refuse   | open     | old | stays     | stays           | is refused
			refuse   | open     | own | stays     | stays           | is refused
			refuse   | silent   | old | stays     | stays           | is refused
			refuse   | silent   | own | stays     | stays           | is refused
			refuse   | detached | own | stays     | is away         | is refused
			refuse   | expired  | own | is closed | is away         | has a new session
			refuse   | cut      | old | is closed | is away         | has a new session
			continue | open     | old | stays     | is disconnected | has the older session
			continue | open     | own | stays     | is disconnected | has the older session
			continue | silent   | old | stays     | is disconnected | has the older session
			continue | silent   | own | stays     | is disconnected | has the older session
			continue | detached | old | stays     | is away         | has the older session
			continue | detached | own | stays     | is away         | has the older session
			""")
	void aSecondLogin(String policy, String state, String kind, String older, String client, String newer) {
		start(LoginPolicy.valueOf(policy.toUpperCase()));
		Player first = new Player(kind);
		long former = Long.parseLong(first.login());
		become(first, state);
		Player second = new Player(kind);
		String reply = second.login();
		this.server.settle();
		assertThat(this.closed).isEqualTo(switch (older) {
			case "replaced" -> List.of(former + " replaced");
			case "is closed" -> List.of(former + " client-closed");
			default -> List.of();
		});
		checkNewer(newer, second, reply, former);
		assertThat(this.server.sessions.findByUid("ann")).hasSize(newer.contains("second") ? 2 : 1);
		checkClient(client, first, former);
	}

	private void become(Player player, String state) {
		switch (state) {
			case "silent" -> this.server.advance(Duration.ofSeconds(60));
			case "detached", "cut" -> player.cut();
			case "expired" -> {
				player.cut();
				this.server.settle();
				assertThat(this.server.sessions.findByUid("ann")).hasSize(1);
				this.server.advance(WINDOW.plusSeconds(1));
			}
			default -> assertThat(state).isEqualTo("open");
		}
		this.server.settle();
		boolean ended = state.equals("cut") || state.equals("expired");
		assertThat(this.server.sessions.findByUid("ann")).hasSize(ended ? 0 : 1);
	}

	private void checkNewer(String newer, Player second, String reply, long former) {
		if (newer.equals("is refused")) {
			assertThat(reply).contains("already logged in");
			assertThat(second.who()).endsWith(" null\"");
		}
		else if (newer.equals("has the older session")) {
			assertThat(reply).isEqualTo(String.valueOf(former));
			assertThat(second.who()).isEqualTo("\"" + former + " ann\"");
			assertThat(this.server.sessions.count()).isOne();
		}
		else {
			assertThat(Long.parseLong(reply)).isGreaterThan(former);
			assertThat(second.who()).isEqualTo("\"" + reply + " ann\"");
		}
	}

	private static void checkClient(String client, Player first, long former) {
		switch (client) {
			case "stays" -> assertThat(first.who()).isEqualTo("\"" + former + " ann\"");
			case "is disconnected" -> assertThat(first.readEnd()).isEqualTo("end");
			case "is kicked" -> assertThat(first.readEnd()).startsWith("kick ").endsWith(", end");
			default -> assertThat(client).isEqualTo("is away");
		}
	}

	/** A client of one of both kinds. */
	private final class Player {

		private final RawClient old;

		private final RawResumingClient own;

		Player(String kind) {
			RawClient connected = LoginTableTests.this.server.connect();
			this.old = kind.equals("old") ? connected.handshake() : null;
			this.own = kind.equals("own") ? new RawResumingClient(connected).open() : null;
		}

		String login() {
			return request(7, "test.login");
		}

		String who() {
			return request(8, "test.who");
		}

		private String request(int id, String route) {
			if (this.old != null) {
				return this.old.request(id, route, "1").readResponse(id);
			}
			return this.own.request(id, route, "1").read();
		}

		String readEnd() {
			return ((this.old != null) ? this.old : this.own.connection()).readEnd();
		}

		void cut() {
			if (this.old != null) {
				this.old.reset();
			}
			else {
				this.own.cut();
			}
		}

	}

}
