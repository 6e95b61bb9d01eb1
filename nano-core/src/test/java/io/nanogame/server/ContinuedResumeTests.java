package io.nanogame.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.resume.ResumableSessions;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeSettings;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawResumingClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that can resume their sessions log in, and continue older ones.
 */
class ContinuedResumeTests {

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private final List<String> events = new CopyOnWriteArrayList<>();

	/** Ends the handlers of {@code test.wait} and {@code test.slowLogin}. */
	private final CompletableFuture<String> waiting = new CompletableFuture<>();

	private HandshakeValidator handshakes = (handshake) -> {
	};

	private final MemoryServer server = new MemoryServer(0, LoginPolicy.CONTINUE);

	@BeforeEach
	void start() {
		this.server.with(
				(builder) -> builder.handshakeValidators(List.of((handshake) -> this.handshakes.validate(handshake))));
		this.server.settings(TestServer.settings((it) -> it.heartbeat(WINDOW)
			.requestTimeout(Duration.ofHours(1))
			.resume(new ResumeSettings(WINDOW, 4096, 10, 1 << 20)))).lane("test.login", (request) -> {
				Session session = request.session();
				session.bind("ann");
				session.push("onLogin", "after the response");
				return "in";
			}).lane("test.slowLogin", (request) -> {
				request.session().bind("ann");
				return this.waiting;
			})
			.lane("test.wait", (request) -> this.waiting)
			.lane("test.who", (request) -> request.session().id())
			.start();
		this.server.sessions.addListener(new SessionListener() {

			@Override
			public void detached(Session session, CloseReason reason) {
				ContinuedResumeTests.this.events.add("detached " + session.id());
			}

			@Override
			public void resumed(Session session) {
				ContinuedResumeTests.this.events.add("resumed " + session.id());
			}

		});
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private RawResumingClient connect() {
		return new RawResumingClient(this.server.connect()).open();
	}

	private RawResumingClient login() {
		RawResumingClient client = connect().request(1, "test.login", "1");
		this.server.settle();
		return client;
	}

	private RawClient loginOfAnOldClient() {
		RawClient client = this.server.connect().handshake().request(1, "test.login", "1");
		this.server.settle();
		return client;
	}

	private Session session() {
		return this.server.sessions.findByUid("ann").iterator().next();
	}

	private void cut(RawResumingClient client) {
		client.cut();
		this.server.settle();
	}

	private ResumableSessions resumable() {
		return this.server.server().transport().resumable();
	}

	// The former client

	@Test
	void repliesToTheFormerClientAreDropped() {
		RawResumingClient former = login().request(2, "test.wait", "1");
		this.server.settle();
		cut(former);
		RawClient client = loginOfAnOldClient();
		assertThat(client.readResponse(1)).isEqualTo("\"in\"");
		client.request(2, "test.who", "1");
		this.waiting.complete("for the former client");
		assertThat(client.readResponse(2)).isEqualTo(String.valueOf(session().id()));
	}

	@Test
	void pushesThatWereSentBeforeTheCutAreNotRepeated() {
		RawResumingClient former = login();
		session().push("onPush", "before");
		this.server.settle();
		cut(former);
		session().push("onPush", "away");
		RawResumingClient reloaded = login();
		assertThat(reloaded.read()).isEqualTo("\"in\"");
		assertThat(reloaded.read()).isEqualTo("\"away\"");
		assertThat(reloaded.read()).isEqualTo("\"after the response\"");
	}

	@Test
	void theTokenOfTheFormerClientIsNotValidAnyMore() {
		RawResumingClient former = login();
		loginOfAnOldClient();
		assertThat(former.ask(this.server.connect())).isEqualTo("lost");
		assertThat(former.code()).isEqualTo("resumed-elsewhere");
		assertThat(resumable().count(ResumeOutcome.UNKNOWN_TOKEN)).isZero();
		assertThat(session().isConnected()).isTrue();
	}

	@Test
	void theFormerClientLearnsOfTheLoginAlsoWhenTheSessionWasKicked() {
		RawResumingClient former = login();
		loginOfAnOldClient();
		session().kick("enough");
		this.server.settle();
		assertThat(former.ask(this.server.connect())).isEqualTo("lost");
		assertThat(former.code()).isEqualTo("resumed-elsewhere");
	}

	// The newer client

	@Test
	void aClientResumesTheSessionThatItContinues() {
		loginOfAnOldClient().reset();
		this.server.settle();
		long id = session().id();
		RawResumingClient client = login();
		assertThat(client.read()).isEqualTo("\"in\"");
		cut(client);
		session().push("onPush", "away");
		client.resume(this.server.connect());
		assertThat(client.read()).isEqualTo("\"after the response\"");
		assertThat(client.read()).isEqualTo("\"away\"");
		client.request(2, "test.who", "1");
		assertThat(client.read()).isEqualTo(String.valueOf(id));
		assertThat(resumable().count(ResumeOutcome.CONTINUED)).isOne();
	}

	@Test
	void aClientThatLogsInByItsHandshakeContinuesTheSession() {
		this.handshakes = (handshake) -> handshake.session().bind("ann");
		cut(connect());
		Session older = session();
		older.push("onPush", "away");
		RawResumingClient client = connect().request(1, "test.who", "1");
		this.server.settle();
		// The client moves before or after its request is received.
		assertThat(List.of(client.read(), client.read())).containsExactlyInAnyOrder(String.valueOf(older.id()),
				"\"away\"");
	}

	@Test
	void aClientThatIsCutBeforeItsLoginIsHandledResumesTheOlderSession() {
		cut(login());
		Session older = session();
		RawResumingClient client = connect().request(1, "test.wait", "1");
		this.server.settle();
		Session guest = this.server.sessions.all().stream().filter((it) -> it != older).findAny().orElseThrow();
		cut(client);
		guest.bind("ann");
		resumesTheOlderSession(client, older);
	}

	@Test
	void aClientThatIsCutBeforeItsMoveResumesTheOlderSession() {
		cut(login());
		Session older = session();
		RawResumingClient client = connect().request(1, "test.slowLogin", "1");
		this.server.settle();
		assertThat(older.isConnected()).isFalse();
		this.events.clear();
		cut(client);
		assertThat(this.events).isEmpty();
		resumesTheOlderSession(client, older);
	}

	private void resumesTheOlderSession(RawResumingClient client, Session older) {
		this.waiting.complete("done");
		this.server.settle();
		assertThat(older.isConnected()).isFalse();
		assertThat(this.events).doesNotContain("resumed " + older.id());
		older.push("onPush", "away");
		client.resume(this.server.connect());
		assertThat(client.read()).isEqualTo("\"done\"");
		assertThat(client.read()).isEqualTo("\"away\"");
		this.server.settle();
		assertThat(older.isConnected()).isTrue();
		assertThat(this.events).containsOnlyOnce("resumed " + older.id());
		assertThat(resumable().detachedCount()).isZero();
		assertThat(this.server.server().transport().connections().count()).isEqualTo(2);
	}

	@Test
	void aClientThatReturnsBeforeItsMoveContinuesTheOlderSession() {
		cut(login());
		Session older = session();
		RawResumingClient client = connect().request(1, "test.slowLogin", "1");
		this.server.settle();
		cut(client);
		client.resume(this.server.connect());
		this.server.settle();
		this.waiting.complete("done");
		this.server.settle();
		assertThat(client.read()).isEqualTo("\"done\"");
		older.push("onPush", "here");
		client.request(2, "test.who", "1");
		this.server.settle();
		assertThat(client.read()).isEqualTo("\"here\"");
		assertThat(client.read()).isEqualTo(String.valueOf(older.id()));
	}

	@Test
	void aClientThatStaysAwayBeforeItsMoveLeavesNothingBehind() {
		cut(login());
		Session older = session();
		RawResumingClient client = connect().request(1, "test.slowLogin", "1");
		this.server.settle();
		cut(client);
		this.waiting.complete("done");
		this.server.settle();
		this.server.advance(WINDOW.plusSeconds(10));
		assertThat(older.closeReason()).isNotNull();
		assertThat(this.server.sessions.all()).isEmpty();
		assertThat(resumable().detachedCount()).isZero();
		assertThat(this.server.server().transport().connections().count()).isZero();
	}

}
