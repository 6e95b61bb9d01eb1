package io.nanogame.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeSettings;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawResumingClient;
import io.nanogame.test.RawWebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sessions outlive their connections on all transports.
 */
class ResumeTests {

	private static final ResumeSettings SETTINGS = new ResumeSettings(Duration.ofSeconds(30), 4096, 2, 1 << 20);

	/** Completes the requests of {@code test.wait}. */
	private final CompletableFuture<String> waiting = new CompletableFuture<>();

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final TestServer server = Line.open(TestServer.inStillTime());

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void start() {
		start(TransportLimits.NONE);
	}

	private void start(TransportLimits limits) {
		this.server.settings(TestServer.settings((it) -> it.resume(SETTINGS).limits(limits)))
			.loop("test.wait", (request) -> this.waiting)
			.start();
		this.server.sessions.addListener(new SessionListener() {

			@Override
			public void detached(Session session, CloseReason reason) {
				ResumeTests.this.events.add("detached " + reason.code());
			}

			@Override
			public void resumed(Session session) {
				ResumeTests.this.events.add("resumed");
			}

			@Override
			public void closed(Session session, CloseReason reason) {
				ResumeTests.this.events.add("closed " + reason.code());
			}

		});
	}

	private RawResumingClient connect(Line line) {
		return new RawResumingClient(line.connect(this.server.port())).open();
	}

	private Session session() {
		await().until(() -> this.server.sessions.count() == 1);
		return this.server.sessions.all().iterator().next();
	}

	private void cut(RawResumingClient client) {
		Session session = session();
		client.cut();
		await().until(() -> !session.isConnected());
	}

	private void awaitEvents(String... expected) {
		await().untilAsserted(() -> assertThat(this.events).containsExactly(expected));
	}

	@ParameterizedTest
	@EnumSource
	void whatIsSentMeanwhileArrivesOnceAndInOrder(Line line) {
		start();
		try (RawResumingClient client = connect(line)) {
			client.request(1, "test.wait", "1");
			client.acknowledge();
			assertThat(client.readAcknowledgement()).isOne();
			Session session = session();
			session.push("onPush", "received");
			assertThat(client.read()).isEqualTo("\"received\"");
			cut(client);
			client.lose(RawClient.packet(4, RawClient.message(0, 2, "test.fastEcho", "\"again\"".getBytes())));
			session.push("onPush", "away");
			this.waiting.complete("waited");
			client.resume(line.connect(this.server.port()));
			assertThat(client.read()).isEqualTo("\"away\"");
			assertThat(client.read()).isEqualTo("\"waited\"");
			assertThat(client.read()).isEqualTo("\"again\"");
			assertThat(session.isConnected()).isTrue();
			assertThat(this.server.sessions.count()).isOne();
			awaitEvents("detached client-closed", "resumed");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aSessionContinuesOnAnotherTransport(Line line) {
		start();
		try (RawResumingClient client = connect(Line.TCP)) {
			cut(client);
			Session session = session();
			client.resume(line.connect(this.server.port()));
			client.request(1, "test.fastEcho", "1");
			assertThat(client.read()).isEqualTo("1");
			assertThat(session.transport()).isEqualTo(line.isWebSocket() ? "websocket" : "tcp");
			cut(client);
			client.resume(Line.TCP.connect(this.server.port()));
			client.request(2, "test.echo", "2");
			assertThat(client.read()).isEqualTo("2");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aResumeReplacesAnOpenConnection(Line line) {
		start();
		try (RawResumingClient client = connect(line)) {
			RawClient before = client.connection();
			client.resume(line.connect(this.server.port()));
			before.awaitClose();
			client.request(1, "test.fastEcho", "1");
			assertThat(client.read()).isEqualTo("1");
			before.close();
		}
	}

	/**
	 * The socket has ended, and bytes that it has brought wait for the session to have
	 * room.
	 */
	@ParameterizedTest
	@EnumSource
	void aClientIsRepliedToOnceWhileItsLastBytesWait(Line line) {
		this.server.settings(TestServer.settings((it) -> it.resume(SETTINGS).maxBacklog(1)))
			.loop("test.wait", (request) -> this.waiting)
			.start();
		try (RawResumingClient client = connect(line)) {
			for (int i = 1; i <= 3; i++) {
				client.request(i, "test.wait", "1");
			}
			await().until(() -> this.server.server().transport().connections().backlog() > 0);
			client.cut();
			await().until(() -> this.server.server().traffic().openConnections() == 0);
			client.resume(line.connect(this.server.port()));
			this.waiting.complete("waited");
			for (int i = 1; i <= 3; i++) {
				assertThat(client.read()).isEqualTo("\"waited\"");
			}
			client.resume(line.connect(this.server.port())).request(4, "test.fastEcho", "4");
			assertThat(client.read()).isEqualTo("4");
		}
	}

	/** Its page is gone, but its system still holds the socket, and does not read. */
	@ParameterizedTest
	@EnumSource(names = { "WEBSOCKET", "TLS_WEBSOCKET" })
	void aSocketThatIsNotReadAfterItsCloseFrameIsClosed(Line line) {
		start();
		try (RawResumingClient client = new RawResumingClient(line.connectWithSmallBuffer(this.server.port())).open()) {
			Session session = session();
			for (int i = 0; i < 8; i++) {
				session.push("onPush", "x".repeat(1_000_000));
			}
			sendClose(client, 1001);
			awaitEvents("detached client-closed");
			assertThat(this.server.server().traffic().openConnections()).isOne();
			await().until(() -> this.server.server().traffic().openConnections() == 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aClientThatLeavesEndsItsSession(Line line) {
		start();
		try (RawResumingClient client = connect(line)) {
			session();
			client.leave();
			client.connection().awaitClose();
			awaitEvents("closed client-closed");
			assertThat(this.server.sessions.count()).isZero();
			assertThat(client.ask(line.connect(this.server.port()))).isEqualTo("lost");
			assertThat(client.code()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1005 })
	void aWebSocketThatIsClosedNormallyEndsItsSession(int code) {
		start();
		try (RawResumingClient client = connect(Line.WEBSOCKET)) {
			session();
			sendClose(client, code);
			awaitEvents("closed client-closed");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1001, 3001, 4000 })
	void aWebSocketThatIsClosedWithAnotherCodeIsCut(int code) {
		start();
		try (RawResumingClient client = connect(Line.WEBSOCKET)) {
			Session session = session();
			sendClose(client, code);
			awaitEvents("detached client-closed");
			client.resume(Line.WEBSOCKET.connect(this.server.port()));
			await().until(session::isConnected);
		}
	}

	private static void sendClose(RawResumingClient client, int code) {
		byte[] payload = (code == 1005) ? new byte[0] : new byte[] { (byte) (code >> 8), (byte) code };
		((RawWebSocketClient) client.connection()).sendFrame(0x88, payload);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "TLS_WEBSOCKET")
	void theEndOfTheInputIsACut(Line line) {
		start();
		try (RawResumingClient client = connect(line)) {
			Session session = session();
			client.connection().finish();
			await().until(() -> !session.isConnected());
			assertThat(session.isOpen()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void otherClientsEndTheirSessions(Line line) {
		start();
		try (RawClient client = line.connect(this.server.port()).handshake()) {
			session();
			client.reset();
			awaitEvents("closed client-closed");
		}
	}

	@Test
	void aSilentClientIsCut() {
		start();
		try (RawResumingClient client = connect(Line.TCP)) {
			Session session = session();
			this.server.advanceUntil(() -> !session.isConnected());
			assertThat(session.isOpen()).isTrue();
			awaitEvents("detached heartbeat-timeout");
			client.resume(Line.TCP.connect(this.server.port()));
			await().until(session::isConnected);
		}
	}

	@Test
	void aSessionIsLostAfterTheWindow() {
		start();
		try (RawResumingClient client = connect(Line.TCP)) {
			cut(client);
			this.server.advanceUntil(() -> this.server.sessions.count() == 0);
			awaitEvents("detached client-closed", "closed client-closed");
			assertThat(client.ask(Line.TCP.connect(this.server.port()))).isEqualTo("lost");
		}
	}

	@Test
	void aClientThatWasKickedMeanwhileReceivesTheReason() {
		start();
		try (RawResumingClient client = connect(Line.TCP)) {
			cut(client);
			session().kick("cheating");
			assertThat(client.ask(Line.TCP.connect(this.server.port()))).isEqualTo("lost");
			assertThat(client.code()).isEqualTo("kick");
		}
	}

	@Test
	void aClientThatMissesTooMuchLosesItsSession() {
		start();
		try (RawResumingClient client = connect(Line.TCP)) {
			cut(client);
			Session session = session();
			for (int i = 0; i < 5; i++) {
				session.push("onPush", "x".repeat(1000));
			}
			assertThat(client.ask(Line.TCP.connect(this.server.port()))).isEqualTo("lost");
			assertThat(client.code()).isEmpty();
			assertThat(session.isOpen()).isTrue();
			assertThat(this.server.server().transport().resumable().count(ResumeOutcome.OVERFLOW)).isOne();
		}
	}

	@Test
	void theSessionsThatWereCutFirstAreClosedWhenThereAreTooMany() {
		start();
		try (RawResumingClient first = connect(Line.TCP);
				RawResumingClient second = connect(Line.TCP);
				RawResumingClient third = connect(Line.TCP)) {
			first.cut();
			awaitEvents("detached client-closed");
			second.cut();
			third.cut();
			await().until(() -> this.events.contains("closed resume-limit"));
			assertThat(first.ask(Line.TCP.connect(this.server.port()))).isEqualTo("lost");
			assertThat(first.code()).isEqualTo("resume-limit");
			first.leave();
			second.resume(Line.TCP.connect(this.server.port()));
			third.resume(Line.TCP.connect(this.server.port()));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, -1, Long.MAX_VALUE })
	void impossibleCountsEndTheSession(long count) {
		start();
		try (RawResumingClient client = connect(Line.TCP)) {
			session();
			client.acknowledge(count);
			assertThat(client.connection().readEnd()).contains("protocol error");
			awaitEvents("closed protocol-error");
		}
	}

	@Test
	void aCountMustNotGoBack() {
		start();
		try (RawResumingClient client = connect(Line.TCP)) {
			session().push("onPush", "1");
			client.read();
			client.acknowledge();
			client.readAcknowledgement();
			client.acknowledge(0);
			awaitEvents("closed protocol-error");
		}
	}

	@Test
	void tokensThatAreNotValidLoseNothingOfTheSession() {
		start();
		try (RawResumingClient client = connect(Line.TCP)) {
			Session session = session();
			String token = client.token();
			for (String guess : List.of("x", "A".repeat(32), token.substring(0, 31) + (token.endsWith("A") ? "B" : "A"),
					token.substring(0, 11) + "A".repeat(21))) {
				try (RawResumingClient thief = new RawResumingClient(Line.TCP.connect(this.server.port()))) {
					thief.token(guess);
					assertThat(thief.ask(thief.connection())).isEqualTo("lost");
					assertThat(thief.code()).isEmpty();
				}
			}
			client.request(1, "test.fastEcho", "1");
			assertThat(client.read()).isEqualTo("1");
			assertThat(session.isOpen()).isTrue();
		}
	}

	@Test
	void anOldTokenIsNotValidAfterTheNextOneWasConfirmed() {
		start();
		try (RawResumingClient client = connect(Line.TCP)) {
			String first = client.token();
			client.resume(Line.TCP.connect(this.server.port()));
			client.request(1, "test.fastEcho", "1");
			assertThat(client.read()).isEqualTo("1");
			try (RawResumingClient thief = new RawResumingClient(Line.TCP.connect(this.server.port()))) {
				thief.token(first);
				assertThat(thief.ask(thief.connection())).isEqualTo("lost");
			}
			client.request(2, "test.fastEcho", "2");
			assertThat(client.read()).isEqualTo("2");
		}
	}

	/** The client sends more at once than its allowance. */
	@ParameterizedTest
	@EnumSource(OnExcess.class)
	void whatIsSentAgainIsNeverTooMuch(OnExcess onExcess) {
		start(new TransportLimits(0, 0, 5, 5, Map.of(), onExcess));
		try (RawResumingClient client = connect(Line.TCP)) {
			cut(client);
			for (int i = 1; i <= 20; i++) {
				client
					.lose(RawClient.packet(4, RawClient.message(0, i, "test.fastEcho", String.valueOf(i).getBytes())));
			}
			client.resume(Line.TCP.connect(this.server.port()));
			for (int i = 1; i <= 20; i++) {
				String expected = String.valueOf(i);
				if (i % 5 == 0) {
					this.server.advance(Duration.ofSeconds(1));
				}
				assertThat(client.read()).isEqualTo(expected);
			}
		}
	}

}
