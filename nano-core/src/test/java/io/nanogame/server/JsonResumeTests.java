package io.nanogame.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.connection.TransportSettingsBuilder;
import io.nanogame.group.Group;
import io.nanogame.net.ListenerSettings;
import io.nanogame.resume.ResumeSettings;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Introduction;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawJsonClient;
import io.nanogame.test.RawResumingClient;
import io.nanogame.test.RawResumingJsonClient;
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
 * Sessions of the protocol {@code json} outlive their connections on all transports, on a
 * port that serves {@code pomelo}, too.
 */
class JsonResumeTests {

	private static final ResumeSettings SETTINGS = new ResumeSettings(Duration.ofSeconds(30), 4096, 2, 1 << 20);

	private static final int CLOSE = 0x88;

	private static final int PING = 0x89;

	private static final int PONG = 0x8A;

	/** Completes the requests of {@code test.wait}. */
	private final CompletableFuture<String> waiting = new CompletableFuture<>();

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final TestServer server = Line.open(TestServer.inStillTime());

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void start() {
		start((it) -> it);
	}

	private void start(UnaryOperator<TransportSettingsBuilder> change) {
		this.server.settings(TestServer.settings((it) -> change.apply(it.resume(SETTINGS))))
			.listener((it) -> it.with(ListenerSettings.defaults().withProtocols(List.of("pomelo", "json"))))
			.loop("test.wait", (request) -> this.waiting)
			.start();
		this.server.sessions.addListener(new SessionListener() {

			@Override
			public void detached(Session session, CloseReason reason) {
				JsonResumeTests.this.events.add("detached " + reason.code());
			}

			@Override
			public void resumed(Session session) {
				JsonResumeTests.this.events.add("resumed");
			}

			@Override
			public void closed(Session session, CloseReason reason) {
				JsonResumeTests.this.events.add("closed " + reason.code());
			}

		});
	}

	private RawJsonClient socket(Line line) {
		return line.connectJson(this.server.port(), 0);
	}

	private RawResumingJsonClient connect(Line line) {
		return new RawResumingJsonClient(socket(line)).open();
	}

	private Session session() {
		await().until(() -> this.server.sessions.count() == 1);
		return this.server.sessions.all().iterator().next();
	}

	private void cut(RawResumingJsonClient client) {
		Session session = session();
		client.cut();
		await().until(() -> !session.isConnected());
	}

	/** Reads all frames up to the end of the connection. */
	private static List<String> rest(RawResumingJsonClient client) {
		List<String> frames = new ArrayList<>();
		try {
			while (true) {
				frames.add(client.connection().read());
			}
		}
		catch (RawClient.ClosedException ex) {
			return frames;
		}
	}

	private void awaitEvents(String... expected) {
		await().untilAsserted(() -> assertThat(this.events).containsExactly(expected));
	}

	private static String push(String body) {
		return "{\"route\":\"onPush\",\"body\":" + body + "}";
	}

	private static String reply(int id, String body) {
		return "{\"id\":" + id + ",\"body\":" + body + "}";
	}

	private static String echo(int id) {
		return "{\"route\":\"test.fastEcho\",\"id\":" + id + ",\"body\":" + id + "}";
	}

	// Messages

	@ParameterizedTest
	@EnumSource
	void whatIsSentMeanwhileArrivesOnceAndInOrder(Line line) {
		start();
		try (RawResumingJsonClient client = connect(line)) {
			client.request(1, "test.wait", "1").acknowledge();
			assertThat(client.readAcknowledgement()).isOne();
			Session session = session();
			session.push("onPush", "received");
			assertThat(client.read()).isEqualTo(push("\"received\""));
			cut(client);
			client.lose(echo(2));
			session.push("onPush", "away");
			this.waiting.complete("waited");
			client.resume(socket(line));
			assertThat(client.read()).isEqualTo(push("\"away\""));
			assertThat(client.read()).isEqualTo(reply(1, "\"waited\""));
			assertThat(client.read()).isEqualTo(reply(2, "2"));
			assertThat(session.isConnected()).isTrue();
			assertThat(this.server.sessions.count()).isOne();
			awaitEvents("detached client-closed", "resumed");
		}
	}

	/** One text message of a WebSocket, or one line, whatever the last transport was. */
	@ParameterizedTest
	@EnumSource
	void packetsThatAreSentAgainHaveTheFormOfTheNextTransport(Line line) {
		start();
		try (RawResumingJsonClient client = connect(line)) {
			Session session = session();
			Group group = this.server.groups.create("lobby");
			group.add(session);
			for (Line next : List.of(Line.TCP, Line.WEBSOCKET, line)) {
				client.acknowledge();
				client.readAcknowledgement();
				cut(client);
				session.push("onPush", "a\nb");
				group.broadcast("onNews", 7);
				session.push("onPush", next.name());
				client.resume(socket(next));
				assertThat(client.read()).isEqualTo(push("\"a\\nb\""));
				assertThat(client.read()).isEqualTo("{\"route\":\"onNews\",\"body\":7}");
				assertThat(client.read()).isEqualTo(push("\"" + next.name() + "\""));
				client.readAcknowledgement();
				group.broadcast("onNews", 8);
				assertThat(client.read()).isEqualTo("{\"route\":\"onNews\",\"body\":8}");
				assertThat(session.transport()).isEqualTo(next.isWebSocket() ? "websocket" : "tcp");
			}
		}
	}

	@Test
	void aBroadcastHasTheFormOfEachClient() {
		start();
		try (RawResumingJsonClient resuming = connect(Line.TCP);
				RawJsonClient text = socket(Line.WEBSOCKET);
				RawJsonClient lines = socket(Line.TCP)) {
			for (RawJsonClient client : List.of(text, lines)) {
				assertThat(client.send(echo(1)).read()).isEqualTo(reply(1, "1"));
			}
			await().until(() -> this.server.sessions.count() == 3);
			Group group = this.server.groups.create("lobby");
			this.server.sessions.all().forEach(group::add);
			group.broadcast("onPush", 1);
			group.broadcast("onPush", 2);
			for (String expected : List.of(push("1"), push("2"))) {
				assertThat(resuming.read()).isEqualTo(expected);
				assertThat(text.read()).isEqualTo(expected);
				assertThat(lines.read()).isEqualTo(expected);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void theRestOfACutFrameIsNotExpected(Line line) {
		start();
		try (RawResumingJsonClient client = connect(line)) {
			session();
			client.request(1, "test.fastEcho", "1");
			assertThat(client.read()).isEqualTo(reply(1, "1"));
			long before = this.server.server().traffic().bytesReceived();
			client.connection().send("{\"route\":\"test.fastEcho\",\"id\":2,\"body\":[{\"text\":\"a \\");
			await().until(() -> this.server.server().traffic().bytesReceived() > before);
			cut(client);
			client.lose(echo(2));
			client.resume(socket(line));
			assertThat(client.read()).isEqualTo(reply(2, "2"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aResumeReplacesAnOpenConnection(Line line) {
		start();
		try (RawResumingJsonClient client = connect(line)) {
			RawJsonClient before = client.connection();
			client.resume(socket(line));
			before.wire().awaitClose();
			client.request(1, "test.fastEcho", "1");
			assertThat(client.read()).isEqualTo(reply(1, "1"));
			before.close();
		}
	}

	/** The server acknowledges once for all of a read, and not the confirmation. */
	@ParameterizedTest
	@EnumSource
	void aClientMaySendMoreTogetherWithTheConfirmation(Line line) {
		start();
		try (RawResumingJsonClient client = connect(line)) {
			cut(client);
			assertThat(client.ask(socket(line))).isEqualTo("resumed");
			client.connection().send("{\"ack\":0}" + echo(1) + " {\"ack\":0}" + echo(2) + "{\"ack\":0}");
			RawJsonClient connection = client.connection();
			assertThat(List.of(connection.read(), connection.read(), connection.read()))
				.containsExactlyInAnyOrder(reply(1, "1"), reply(2, "2"), "{\"ack\":2}");
			connection.send(echo(3));
			assertThat(connection.read()).isEqualTo(reply(3, "3"));
		}
	}

	@Test
	void rejectedMessagesAndErrorsCount() {
		start();
		try (RawResumingJsonClient client = connect(Line.WEBSOCKET)) {
			client.request(1, "no.route", "1");
			assertThat(client.read()).startsWith("{\"id\":1,\"error\":{\"code\":404");
			client.acknowledge();
			assertThat(client.readAcknowledgement()).isOne();
			client.send("{\"route\":\"no.route\"}").acknowledge();
			assertThat(client.readAcknowledgement()).isEqualTo(2);
		}
	}

	/** It is read as fast as the allowance permits. */
	@ParameterizedTest
	@EnumSource(OnExcess.class)
	void whatIsSentAgainIsNeverTooMuch(OnExcess onExcess) {
		AtomicInteger seconds = new AtomicInteger();
		this.server.loop("test.seconds", (request) -> seconds.get());
		start((it) -> it.limits(new TransportLimits(0, 0, 5, 5, Map.of(), onExcess)));
		try (RawResumingJsonClient client = connect(Line.TCP)) {
			cut(client);
			for (int i = 1; i <= 20; i++) {
				client.lose("{\"route\":\"test.seconds\",\"id\":" + i + "}");
			}
			client.resume(socket(Line.TCP));
			String last = "";
			for (int i = 1; i <= 20; i++) {
				if (i % 5 == 0) {
					seconds.incrementAndGet();
					this.server.advance(Duration.ofSeconds(1));
				}
				last = client.read();
				assertThat(last).startsWith("{\"id\":" + i + ",\"body\":");
			}
			assertThat(last).matches(".*\"body\":[234]}");
		}
	}

	/** The session was validated when it began. */
	@Test
	void validatorsSeeTheUserPartOfNewSessionsOnly() {
		List<String> validated = new CopyOnWriteArrayList<>();
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			validated.add(handshake.request().user().path("name").asString(""));
			handshake.answerWith(Map.of("level", validated.size()));
		})));
		start();
		try (RawResumingJsonClient client = new RawResumingJsonClient(socket(Line.TCP)).user("{\"name\":\"ann\"}")
			.open()) {
			assertThat(client.reply()).startsWith("{\"handshake\":{\"code\":200,\"user\":{\"level\":1}},\"resume\":{");
			client.resume(socket(Line.TCP));
			assertThat(client.reply()).startsWith("{\"handshake\":{\"code\":200},\"resume\":{");
			session().close();
			client.connection().wire().awaitClose();
			assertThat(client.ask(socket(Line.TCP))).isEqualTo("lost");
			assertThat(client.reply()).startsWith("{\"handshake\":{\"code\":200,\"user\":{\"level\":2}},\"resume\":{");
			assertThat(validated).containsExactly("ann", "ann");
		}
	}

	// Ends

	@ParameterizedTest
	@EnumSource
	void aClientThatLeavesEndsItsSession(Line line) {
		start();
		try (RawResumingJsonClient client = connect(line)) {
			session();
			client.leave();
			assertThat(rest(client)).isEmpty();
			awaitEvents("closed client-closed");
			assertThat(client.ask(socket(line))).isEqualTo("lost");
			assertThat(client.field("code")).isEmpty();
			client.confirm().request(1, "test.fastEcho", "1");
			assertThat(client.read()).isEqualTo(reply(1, "1"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aClientThatHasResumedMayLeave(Line line) {
		start();
		try (RawResumingJsonClient client = connect(line)) {
			client.resume(socket(line));
			assertThat(client.readAcknowledgement()).isZero();
			client.leave();
			client.connection().wire().awaitClose();
			awaitEvents("detached resumed-elsewhere", "resumed", "closed client-closed");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1005 })
	void aWebSocketThatIsClosedNormallyEndsItsSession(int code) {
		start();
		try (RawResumingJsonClient client = connect(Line.WEBSOCKET)) {
			session();
			sendClose(client, code);
			awaitEvents("closed client-closed");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1001, 3001 })
	void aWebSocketThatIsClosedWithAnotherCodeIsCut(int code) {
		start();
		try (RawResumingJsonClient client = connect(Line.WEBSOCKET)) {
			Session session = session();
			sendClose(client, code);
			awaitEvents("detached client-closed");
			client.resume(socket(Line.TCP));
			await().until(session::isConnected);
		}
	}

	private static void sendClose(RawResumingJsonClient client, int code) {
		byte[] payload = (code == 1005) ? new byte[0] : new byte[] { (byte) (code >> 8), (byte) code };
		webSocket(client).sendFrame(CLOSE, payload);
	}

	private static RawWebSocketClient webSocket(RawResumingJsonClient client) {
		return (RawWebSocketClient) client.connection().wire();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "TLS_WEBSOCKET")
	void theEndOfTheInputIsACut(Line line) {
		start();
		try (RawResumingJsonClient client = connect(line)) {
			Session session = session();
			client.connection().wire().finish();
			await().until(() -> !session.isConnected());
			assertThat(session.isOpen()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aSilentClientIsCutWithoutAKick(boolean resumed) {
		start((it) -> it.idleTimeout(Duration.ofSeconds(5)));
		try (RawResumingJsonClient client = connect(Line.TCP)) {
			Session session = session();
			if (resumed) {
				moveTo(client, Line.TCP);
			}
			this.server.advanceUntil(() -> !session.isConnected());
			awaitEvents("detached idle-timeout");
			assertThat(rest(client)).isEmpty();
			client.resume(socket(Line.TCP));
			await().until(session::isConnected);
		}
	}

	/**
	 * Its session is not silent, because it does not read. The socket has read all that
	 * the client has sent: with more, it might be paused, too.
	 */
	@Test
	void aSilentSocketOfAPausedSessionIsCutWithoutAKick() {
		start((it) -> it.maxBacklog(1).idleTimeout(Duration.ofSeconds(5)).requestTimeout(Duration.ofHours(1)));
		try (RawResumingJsonClient client = connect(Line.TCP)) {
			Session session = session();
			moveTo(client, Line.TCP);
			client.request(1, "test.wait", "1");
			await().until(() -> this.server.server().transport().connections().backlog() > 0);
			this.server.advanceUntil(() -> !session.isConnected());
			assertThat(rest(client)).isEmpty();
			this.waiting.complete("waited");
			client.resume(socket(Line.TCP));
			assertThat(client.read()).isEqualTo(reply(1, "\"waited\""));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aWebSocketThatSendsNoPongIsCut(boolean resumed) {
		start((it) -> it.heartbeat(Duration.ofSeconds(1)));
		try (RawResumingJsonClient client = connect(Line.WEBSOCKET)) {
			Session session = session();
			if (resumed) {
				moveTo(client, Line.WEBSOCKET);
			}
			this.server.advanceUntil(() -> !session.isConnected());
			awaitEvents("detached heartbeat-timeout");
		}
	}

	/** Resumes, and forgets the events of that. */
	private void moveTo(RawResumingJsonClient client, Line line) {
		client.resume(socket(line)).readAcknowledgement();
		awaitEvents("detached resumed-elsewhere", "resumed");
		this.events.clear();
	}

	/** Also a socket that carries the session of another one. */
	@Test
	void aWebSocketThatSendsPongsStays() {
		start((it) -> it.idleTimeout(Duration.ofSeconds(1)));
		try (RawResumingJsonClient client = connect(Line.TCP)) {
			Session session = session();
			client.resume(socket(Line.WEBSOCKET)).readAcknowledgement();
			for (int i = 0; i < 3; i++) {
				this.server.advanceUntil(() -> receivesPing(client));
				webSocket(client).sendFrame(PONG, new byte[0]);
			}
			client.connection().patience(Duration.ofSeconds(10));
			client.acknowledge();
			assertThat(client.readAcknowledgement()).isZero();
			assertThat(session.isConnected()).isTrue();
		}
	}

	private static boolean receivesPing(RawResumingJsonClient client) {
		client.connection().patience(Duration.ofMillis(50));
		try {
			return webSocket(client).receiveFrame().first() == PING;
		}
		catch (AssertionError ex) {
			return false; // nothing was received yet
		}
	}

	@Test
	void aKickIsTheLastFrameOfAClientThatHasResumed() {
		start();
		try (RawResumingJsonClient client = connect(Line.TCP)) {
			client.resume(socket(Line.WEBSOCKET));
			assertThat(client.readAcknowledgement()).isZero();
			session().push("onPush", 1);
			session().kick("enough");
			assertThat(client.read()).isEqualTo(push("1"));
			assertThat(client.connection().read()).isEqualTo("{\"kick\":{\"reason\":\"enough\"}}");
			assertThat(webSocket(client).readClose()).isEqualTo("1000 enough");
		}
	}

	// Lost sessions

	@Test
	void aSessionIsLostAfterTheWindow() {
		start();
		try (RawResumingJsonClient client = connect(Line.TCP)) {
			cut(client);
			this.server.advanceUntil(() -> this.server.sessions.count() == 0);
			awaitEvents("detached client-closed", "closed client-closed");
			assertThat(client.ask(socket(Line.TCP))).isEqualTo("lost");
		}
	}

	@Test
	void aClientThatWasKickedMeanwhileReceivesTheReason() {
		start();
		try (RawResumingJsonClient client = connect(Line.WEBSOCKET)) {
			cut(client);
			session().kick("cheating");
			assertThat(client.ask(socket(Line.WEBSOCKET))).isEqualTo("lost");
			assertThat(client.field("code")).isEqualTo("kick");
			assertThat(client.field("reason")).isEqualTo("cheating");
		}
	}

	@Test
	void aClientThatMissesTooMuchLosesItsSession() {
		start();
		try (RawResumingJsonClient client = connect(Line.TCP)) {
			cut(client);
			for (int i = 0; i < 5; i++) {
				session().push("onPush", "x".repeat(1000));
			}
			assertThat(client.ask(socket(Line.TCP))).isEqualTo("lost");
			assertThat(client.field("code")).isEmpty();
		}
	}

	@Test
	void aSessionOfAnotherProtocolIsLost() {
		start();
		try (RawResumingJsonClient json = connect(Line.TCP);
				RawResumingClient pomelo = new RawResumingClient(Line.TCP.connect(this.server.port())).open()) {
			String token = json.token();
			json.token(pomelo.token());
			assertThat(json.ask(socket(Line.TCP))).isEqualTo("lost");
			pomelo.token(token);
			assertThat(pomelo.ask(Line.TCP.connect(this.server.port()))).isEqualTo("lost");
		}
	}

	@Test
	void aListenerRejectsAResumeAndTheSessionStays() {
		start();
		this.server.sessions.addListener(new RefusingOnce());
		try (RawResumingJsonClient client = connect(Line.WEBSOCKET)) {
			cut(client);
			assertThat(client.askInVain(socket(Line.WEBSOCKET)))
				.isEqualTo("{\"error\":{\"code\":426,\"msg\":\"please update\"}}");
			assertThat(rest(client)).isEmpty();
			client.resume(socket(Line.WEBSOCKET)).request(1, "test.fastEcho", "1");
			assertThat(client.read()).isEqualTo(reply(1, "1"));
		}
	}

	// Violations

	@ParameterizedTest
	@ValueSource(strings = { "1", "-1", "0.5", "\"0\"", "null", "[0]", "9223372036854775807", "9223372036854775808" })
	void impossibleCountsEndTheSession(String count) {
		start();
		try (RawResumingJsonClient client = connect(Line.TCP)) {
			session();
			client.connection().send("{\"ack\":" + count + "}");
			assertThat(client.connection().read())
				.isEqualTo("{\"kick\":{\"reason\":\"protocol error: bad acknowledgement\"}}");
			awaitEvents("closed protocol-error");
		}
	}

	@Test
	void aCountMustNotGoBack() {
		start();
		try (RawResumingJsonClient client = connect(Line.TCP)) {
			session().push("onPush", "1");
			client.read();
			client.acknowledge().readAcknowledgement();
			client.connection().send("{\"ack\":0}");
			awaitEvents("closed protocol-error");
		}
	}

	@Test
	void aResumeIsConfirmedWithTheCountOfTheHandshake() {
		start();
		try (RawResumingJsonClient client = connect(Line.TCP)) {
			Session session = session();
			cut(client);
			session.push("onPush", 1);
			assertThat(client.ask(socket(Line.TCP))).isEqualTo("resumed");
			client.connection().send("{\"ack\":1}");
			assertThat(client.connection().read()).contains("bad acknowledgement");
			client.resume(socket(Line.TCP));
			assertThat(client.read()).isEqualTo(push("1"));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void messagesBeforeTheConfirmationEndTheConnection(boolean resumed) {
		start();
		try (RawResumingJsonClient client = connect(Line.TCP)) {
			Session session = session();
			cut(client);
			if (!resumed) {
				session.close();
			}
			assertThat(client.ask(socket(Line.TCP))).isEqualTo(resumed ? "resumed" : "lost");
			client.connection().send(echo(1));
			assertThat(client.connection().read()).isEqualTo("{\"kick\":{\"reason\":\"data before the handshake\"}}");
			assertThat(session.isOpen()).isEqualTo(resumed);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"token\":1,\"received\":0}", "{\"token\":\"a\"}", "{\"token\":\"a\",\"received\":-1}" })
	void otherFormsOfTheFieldAreRejected(String resume) {
		start();
		try (RawJsonClient client = socket(Line.TCP)) {
			assertThat(client.send("{\"handshake\":{},\"resume\":" + resume + "}").read())
				.isEqualTo("{\"kick\":{\"reason\":\"protocol error: bad handshake\"}}");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"handshake\":{}}", "{}", "{\"close\":false}" })
	void whatIsNoFrameOfASessionEndsIt(String frame) {
		start();
		try (RawResumingJsonClient client = connect(Line.TCP)) {
			session();
			client.connection().send(frame);
			assertThat(client.connection().read()).startsWith("{\"kick\":{\"reason\":\"protocol error: ");
			awaitEvents("closed protocol-error");
		}
	}

	// Clients that cannot resume

	@ParameterizedTest
	@EnumSource
	void otherClientsEndTheirSessions(Line line) {
		start();
		try (RawJsonClient client = socket(line)) {
			assertThat(client.send("{\"handshake\":{}}").read()).isEqualTo("{\"handshake\":{\"code\":200}}");
			session();
			client.wire().reset();
			awaitEvents("closed client-closed");
		}
	}

	/** The names of the frames may be fields of their messages. */
	@ParameterizedTest
	@ValueSource(
			strings = { "{\"route\":\"test.fastEcho\",\"id\":1,\"body\":1,\"ack\":\"x\",\"close\":true,\"resume\":7}",
					"{\"resume\":[],\"ack\":-1,\"route\":\"test.fastEcho\",\"close\":{},\"body\":1,\"id\":1}" })
	void theirMessagesMayHaveFieldsOfTheSameNames(String message) {
		start();
		try (RawJsonClient client = socket(Line.TCP)) {
			assertThat(client.send(message).read()).isEqualTo(reply(1, "1"));
			assertThat(client.send(message).read()).isEqualTo(reply(1, "1"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"ack\":0}", "{\"close\":true}", "{\"resume\":{}}", "{\"id\":1}", "{}" })
	void theirFramesAreMessagesWithoutRoute(String frame) {
		start();
		for (String before : List.of("", "{\"handshake\":{},\"resume\":null}")) {
			try (RawJsonClient client = socket(Line.TCP)) {
				client.send(before + frame);
				String last = client.read();
				if (!before.isEmpty()) {
					assertThat(last).isEqualTo("{\"handshake\":{\"code\":200}}");
					last = client.read();
				}
				assertThat(last).isEqualTo(
						"{\"kick\":{\"reason\":\"protocol error: the route must be text of 1 to 255 characters\"}}");
			}
		}
	}

	@Test
	void withoutAWindowTheReplyHasNoTokenAndTheSessionIsOpen() {
		start((it) -> it.resume(SETTINGS.withWindow(Duration.ZERO)));
		try (RawJsonClient client = socket(Line.TCP)) {
			client.send("{\"handshake\":{},\"resume\":{}}" + echo(1));
			assertThat(client.read()).isEqualTo("{\"handshake\":{\"code\":200}}");
			assertThat(client.read()).isEqualTo(reply(1, "1"));
		}
	}

	/** Rejects the first client that resumes. */
	private static final class RefusingOnce implements SessionListener {

		private final AtomicBoolean refused = new AtomicBoolean();

		@Override
		public void resuming(Session session, Introduction introduction) {
			if (!this.refused.getAndSet(true)) {
				throw new HandshakeRefusedException(426, "please update");
			}
		}

	}

}
