package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeSettings;
import io.nanogame.server.TestServer;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Introduction;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which clients may resume a session, and what is counted.
 */
class ResumeDecisionTests {

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

	private static final byte[] ACK = RawClient.packet(2, new byte[0]);

	private final StillServer server = server(1000, 10);

	private final StillServer.Client first = connect(this.server, "{}", "{}");

	private static StillServer server(int maxBytes, int maxSessions) {
		return server(maxBytes, maxSessions, LoginPolicy.SEVERAL);
	}

	private static StillServer server(int maxBytes, int maxSessions, LoginPolicy policy) {
		return server(new ResumeSettings(WINDOW, maxBytes, maxSessions, 1 << 20), policy);
	}

	private static StillServer server(ResumeSettings settings, LoginPolicy policy) {
		return new StillServer(
				TestServer.settings((it) -> it.heartbeat(Duration.ofMinutes(10)).highWaterMark(500).resume(settings)),
				policy);
	}

	/** Sends a handshake, and completes it unless workers decide. */
	private static StillServer.Client connect(StillServer server, String resume, String user) {
		StillServer.Client client = server.connect();
		client.send(RawClient.packet(1,
				"{\"sys\":{\"resume\":%s},\"user\":%s}".formatted(resume, user).getBytes(StandardCharsets.UTF_8)));
		server.runTurns();
		client.send(ACK);
		server.runTurns();
		return client;
	}

	private static String request(StillServer.Client former) {
		List<MatchResult> tokens = TOKEN.matcher(former.text()).results().toList();
		return "{\"token\":\"%s\",\"received\":0}".formatted(tokens.get(tokens.size() - 1).group(1));
	}

	private StillServer.Client resume() {
		return connect(this.server, request(this.first), "{\"from\":\"phone\"}");
	}

	/** Sends the handshake only, so that the client has the reply. */
	private StillServer.Client claim(StillServer.Client former) {
		StillServer.Client client = this.server.connect();
		client.send(RawClient.packet(1,
				"{\"sys\":{\"resume\":%s}}".formatted(request(former)).getBytes(StandardCharsets.UTF_8)));
		this.server.runTurns();
		return client;
	}

	private void cut(StillServer.Client client) {
		client.cut();
		this.server.runTurns();
	}

	private long count(ResumeOutcome outcome) {
		return this.server.resumable().count(outcome);
	}

	// Decisions

	@Test
	void withoutADeciderNoWorkerIsNeeded() {
		this.server.sessions.addListener(new SessionListener() {
		});
		cut(this.first);
		assertThat(resume().text()).contains("\"state\":\"resumed\"");
		assertThat(this.server.session().isConnected()).isTrue();
	}

	@Test
	void aListenerDecidesOnAWorkerBeforeTheReply() {
		List<String> asked = new ArrayList<>();
		this.server.sessions.addListener(new Decider(
				(session, introduction) -> asked.add(session.id() + " " + introduction.user(From.class).from())));
		cut(this.first);
		this.server.finish();
		StillServer.Client client = resume();
		assertThat(asked).isEmpty();
		assertThat(client.text()).isEmpty();
		this.server.finish();
		assertThat(asked).containsExactly(this.server.session().id() + " phone");
		assertThat(client.text()).contains("\"state\":\"resumed\"");
		assertThat(this.server.session().isConnected()).isTrue();
	}

	@Test
	void aRefusedClientReceivesTheCodeAndTheSessionStays() {
		List<RuntimeException> refusals = new ArrayList<>();
		refusals.add(new HandshakeRefusedException(403, "not from there"));
		this.server.sessions.addListener(new Decider((session, introduction) -> {
			if (!refusals.isEmpty()) {
				throw refusals.remove(0);
			}
		}));
		cut(this.first);
		StillServer.Client refused = resume();
		this.server.finish();
		assertThat(refused.text()).contains("\"code\":403").contains("not from there").doesNotContain("token");
		assertThat(refused.isClosed()).isTrue();
		assertThat(this.server.session().isOpen()).isTrue();
		assertThat(this.server.session().isConnected()).isFalse();
		StillServer.Client permitted = resume();
		this.server.finish();
		assertThat(permitted.text()).contains("\"state\":\"resumed\"");
	}

	@Test
	void aClientThatMissesTooMuchBeforeItConfirmsTheReplyIsDisconnected() {
		cut(this.first);
		StillServer.Client client = claim(this.first);
		assertThat(client.text()).contains("\"state\":\"resumed\"");
		for (int i = 0; i < 2; i++) {
			this.server.session().push("onPush", "x".repeat(600));
		}
		client.send(ACK);
		assertThat(client.isClosed()).isTrue();
		assertThat(client.text()).doesNotContain("onPush");
		assertThat(connect(this.server, request(client), "{}").text()).contains("\"state\":\"lost\"");
	}

	/** The close of the connection is queued behind the claim. */
	@Test
	void aClientThatIsKickedWhileItClaimsReceivesTheReason() {
		cut(this.first);
		StillServer.Client client = this.server.connect();
		client.send(RawClient.packet(1,
				"{\"sys\":{\"resume\":%s}}".formatted(request(this.first)).getBytes(StandardCharsets.UTF_8)));
		this.server.session().kick("enough");
		this.server.runTurns();
		assertThat(client.text()).contains("\"state\":\"lost\"").contains("\"code\":\"kick\"");
	}

	/** The last push is one too many, but the client has confirmed the reply before. */
	@Test
	void aClientThatResumesWhileItIsGivenUpIsDisconnected() {
		cut(this.first);
		StillServer.Client client = claim(this.first);
		Session session = this.server.session();
		client.queue(ACK);
		for (int i = 0; i < 257; i++) {
			session.pushLatest("onState", i, () -> "state");
		}
		this.server.runTurns();
		assertThat(session.closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
		assertThat(client.isClosed()).isTrue();
	}

	@Test
	void underThePolicyRefuseALostSessionDoesNotLockOutItsClient() {
		StillServer strict = server(1000, 10, LoginPolicy.REFUSE);
		StillServer.Client client = connect(strict, "{}", "{}");
		Session before = strict.session();
		before.bind("ann");
		client.cut();
		strict.runTurns();
		before.push("onPush", "a".repeat(2000));
		strict.runTurns();
		assertThat(before.isOpen()).isTrue();
		assertThat(connect(strict, request(client), "{}").text()).contains("\"state\":\"lost\"");
		assertThat(before.closeReason()).isEqualTo(CloseReason.SESSION_LOST);
		strict.session().bind("ann");
		assertThat(strict.session().uid()).isEqualTo("ann");
	}

	@Test
	void aClientTriesAgainAfterAListenerHasFailed() {
		AtomicBoolean fails = new AtomicBoolean(true);
		this.server.sessions.addListener(new Decider((session, introduction) -> {
			if (fails.get()) {
				throw new IllegalStateException("on purpose");
			}
		}));
		cut(this.first);
		StillServer.Client refused = resume();
		this.server.finish();
		assertThat(refused.text()).contains("\"code\":503").doesNotContain("on purpose");
		assertThat(this.server.session().isOpen()).isTrue();
		fails.set(false);
		StillServer.Client next = resume();
		this.server.finish();
		assertThat(next.text()).contains("\"state\":\"resumed\"");
	}

	@Test
	void aRefusedClientDoesNotCutTheSocketOfTheSession() {
		this.server.sessions.addListener(new Decider((session, introduction) -> {
			throw new HandshakeRefusedException("no");
		}));
		StillServer.Client refused = resume();
		this.server.finish();
		assertThat(refused.isClosed()).isTrue();
		assertThat(this.first.isClosed()).isFalse();
		assertThat(this.server.session().isConnected()).isTrue();
	}

	@Test
	void aSessionThatIsClosedWhileAListenerDecidesIsLost() {
		this.server.sessions.addListener(new Decider((session, introduction) -> session.kick("enough")));
		cut(this.first);
		StillServer.Client late = resume();
		this.server.finish();
		assertThat(late.text()).contains("\"state\":\"lost\"").contains("\"code\":\"kick\"");
	}

	// Outcomes

	@Test
	void aResumeIsCounted() {
		cut(this.first);
		assertThat(this.server.resumable().detachedCount()).isOne();
		resume();
		assertThat(count(ResumeOutcome.RESUMED)).isOne();
		assertThat(this.server.resumable().detachedCount()).isZero();
	}

	@Test
	void aWindowThatIsOverIsCountedAndThenTheTokenIsUnknown() {
		cut(this.first);
		this.server.pass(WINDOW.plusSeconds(20));
		this.server.finish();
		assertThat(count(ResumeOutcome.WINDOW_OVER)).isOne();
		assertThat(count(ResumeOutcome.CLOSED)).isZero();
		assertThat(resume().text()).contains("\"state\":\"lost\"");
		assertThat(count(ResumeOutcome.UNKNOWN_TOKEN)).isOne();
	}

	@Test
	void anOverflowIsCountedOnce() {
		Session session = this.server.session();
		cut(this.first);
		session.push("onPush", "a".repeat(2000));
		this.server.finish();
		assertThat(count(ResumeOutcome.OVERFLOW)).isOne();
		assertThat(resume().text()).contains("\"state\":\"lost\"");
		this.server.pass(WINDOW.plusSeconds(20));
		this.server.finish();
		assertThat(session.isOpen()).isFalse();
		assertThat(count(ResumeOutcome.OVERFLOW)).isOne();
		assertThat(count(ResumeOutcome.WINDOW_OVER)).isZero();
	}

	@Test
	void anEvictionIsCountedOnce() {
		StillServer small = server(1000, 1);
		StillServer.Client one = connect(small, "{}", "{}");
		StillServer.Client two = connect(small, "{}", "{}");
		one.cut();
		two.cut();
		small.finish();
		assertThat(small.resumable().count(ResumeOutcome.EVICTED)).isOne();
		assertThat(small.resumable().count(ResumeOutcome.CLOSED)).isZero();
		assertThat(connect(small, request(one), "{}").text())
			.contains("\"code\":\"" + CloseReason.RESUME_LIMIT.code() + "\"");
	}

	@Test
	void onlyAsManySessionsAreEvictedAsTheBytesRequire() {
		StillServer small = server(new ResumeSettings(WINDOW, 10_000, 10, 2500), LoginPolicy.SEVERAL);
		List<StillServer.Client> clients = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			clients.add(connect(small, "{}", "{}"));
		}
		clients.forEach(StillServer.Client::cut);
		small.finish();
		small.sessions.all().forEach((session) -> session.push("onPush", "a".repeat(1000)));
		small.finish();
		small.pass(Duration.ofSeconds(5));
		small.finish();
		assertThat(small.resumable().count(ResumeOutcome.EVICTED)).isEqualTo(2);
		assertThat(small.sessions.count()).isEqualTo(2);
		assertThat(small.resumable().bytes()).isBetween(2000L, 2500L);
	}

	/** It was above the high-water mark before its connection was cut. */
	@Test
	void aClientThatHasResumedIsNotBehindAnyMore() {
		Session session = this.server.session();
		this.first.stopReading();
		for (int i = 0; i < 2; i++) {
			session.push("onPush", "a".repeat(300));
			this.server.runTurns();
		}
		session.push("onPush", "a");
		this.server.runTurns();
		cut(this.first);
		this.server.pass(Duration.ofSeconds(5));
		StillServer.Client client = claim(this.first);
		client.stopReading();
		client.send(ACK);
		session.push("onPush", "b");
		this.server.runTurns();
		assertThat(session.isOpen()).isTrue();
		assertThat(session.isConnected()).isTrue();
	}

	@Test
	void aKickOfACutSessionIsCounted() {
		Session session = this.server.session();
		cut(this.first);
		session.kick("enough");
		this.server.finish();
		assertThat(count(ResumeOutcome.CLOSED)).isOne();
	}

	@Test
	void aKickOfAConnectedSessionIsNotCounted() {
		this.server.session().kick("enough");
		this.server.finish();
		assertThat(count(ResumeOutcome.CLOSED)).isZero();
	}

	record From(String from) {
	}

	private record Decider(Decision decision) implements SessionListener {

		@Override
		public void resuming(Session session, Introduction introduction) {
			this.decision.decide(session, introduction);
		}

	}

	@FunctionalInterface
	private interface Decision {

		void decide(Session session, Introduction introduction);

	}

}
