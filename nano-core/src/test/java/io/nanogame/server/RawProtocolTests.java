package io.nanogame.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.connection.UnsuitableListenerException;
import io.nanogame.group.Group;
import io.nanogame.net.ListenerSettings;
import io.nanogame.net.UpgradeSettings;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.route.Route;
import io.nanogame.route.Route.Bodies;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawWebSocketClient;
import io.nanogame.test.RawWebSocketClient.Frame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The protocol {@code raw}: what a game and its clients see.
 */
class RawProtocolTests {

	private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final TestServer server = Line.open(new TestServer())
		.lane("raw.message", this::handle)
		.listener((listener) -> listener.with(ListenerSettings.defaults().withProtocols(List.of("raw"))))
		.with((builder) -> builder.sessionListeners(List.of(new Listener())));

	@AfterEach
	void stop() {
		this.gate.countDown();
		this.server.close();
	}

	private @Nullable Object handle(Request request) throws Exception {
		String text = new String(request.body(), StandardCharsets.UTF_8);
		switch (text) {
			case "nothing" -> {
				return null;
			}
			case "map" -> {
				return Map.of("a", 1);
			}
			case "later" -> {
				return CompletableFuture.supplyAsync(() -> "done", this.server.workers);
			}
			case "wait" -> {
				this.gate.await(10, TimeUnit.SECONDS);
				return "waited";
			}
			case "seen" -> this.events.add("seen");
			case "push" -> {
				request.session().push("any.route", "text \u20ac");
				request.session().push("any.route", new byte[] { 1, 2 });
				request.session().push("any.route", List.of(1, 2));
				return "after them";
			}
			case "close" -> request.session().close(CloseReason.webSocket(4001, "bye"));
			case "kick" -> request.session().kick("\u20ac".repeat(50));
			case "teapot" -> throw new RequestException(418, "a teapot");
			case "bug" -> throw new IllegalStateException("secret");
			default -> {
				return request.isText() ? text : request.body();
			}
		}
		return "late";
	}

	private RawWebSocketClient client(Line line) {
		return (RawWebSocketClient) line.connect(this.server.port());
	}

	private RawWebSocketClient client() {
		return client(Line.WEBSOCKET);
	}

	private static String text(Frame frame) {
		assertThat(frame.first()).isEqualTo(ConformanceCase.TEXT);
		return new String(frame.payload(), StandardCharsets.UTF_8);
	}

	private static String closed(RawWebSocketClient client) {
		String close = client.readClose();
		assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(client::receiveFrame);
		return close;
	}

	private static void send(RawWebSocketClient client, String... texts) {
		for (String text : texts) {
			client.sendFrame(ConformanceCase.TEXT, ConformanceCase.bytes(text));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "WEBSOCKET", "TLS_WEBSOCKET" })
	void eachMessageIsHandledAsItIsAndTheResultIsOneMessage(Line line) throws InterruptedException {
		this.server.start();
		try (RawWebSocketClient client = client(line)) {
			assertThat(this.events.poll(10, TimeUnit.SECONDS)).isEqualTo("opened");
			send(client, "hello", "nothing", "map", "later", "", "{\"no\": \"envelope\"}");
			client.sendFrame(ConformanceCase.BINARY, new byte[] { 0, (byte) 0xFF });
			assertThat(text(client.receiveFrame())).isEqualTo("hello");
			assertThat(text(client.receiveFrame())).isEqualTo("{\"a\":1}");
			assertThat(text(client.receiveFrame())).isEqualTo("done");
			assertThat(text(client.receiveFrame())).isEmpty();
			assertThat(text(client.receiveFrame())).isEqualTo("{\"no\": \"envelope\"}");
			Frame binary = client.receiveFrame();
			assertThat(binary.first()).isEqualTo(ConformanceCase.BINARY);
			assertThat(binary.payload()).containsExactly(0, 0xFF);
		}
		assertThat(this.events.poll(10, TimeUnit.SECONDS)).startsWith("client-closed");
	}

	@Test
	void pushesHaveNoRouteAndAreTextOrBytes() {
		this.server.start();
		try (RawWebSocketClient client = client()) {
			send(client, "push");
			assertThat(text(client.receiveFrame())).isEqualTo("text \u20ac");
			assertThat(client.receiveFrame().payload()).containsExactly(1, 2);
			assertThat(text(client.receiveFrame())).isEqualTo("[1,2]");
			assertThat(text(client.receiveFrame())).isEqualTo("after them");
		}
	}

	@Test
	void broadcastsReachTheClients() {
		this.server.start();
		Group group = this.server.groups.create("all");
		try (RawWebSocketClient first = client(); RawWebSocketClient second = client()) {
			await().until(() -> this.server.sessions.count() == 2);
			this.server.sessions.all().forEach(group::add);
			group.broadcast("any.route", "to all");
			group.broadcast("any.route", new byte[] { 7 });
			for (RawWebSocketClient client : List.of(first, second)) {
				assertThat(text(client.receiveFrame())).isEqualTo("to all");
				Frame binary = client.receiveFrame();
				assertThat(binary.first()).isEqualTo(ConformanceCase.BINARY);
				assertThat(binary.payload()).containsExactly(7);
			}
		}
	}

	@Test
	void messagesAreHandledOneAtATimeInOrder() {
		this.server.settings(TestServer.settings((it) -> it.maxBacklog(4))).start();
		try (RawWebSocketClient client = client()) {
			for (int i = 0; i < 1000; i++) {
				send(client, (i % 3 == 0) ? "later" : (i % 3 == 1) ? "" : "n" + i);
			}
			for (int i = 0; i < 1000; i++) {
				assertThat(text(client.receiveFrame())).isEqualTo((i % 3 == 0) ? "done" : (i % 3 == 1) ? "" : "n" + i);
			}
		}
	}

	@Test
	void emptyMessagesThatWereReceivedWhilePausedAreHandled() {
		this.server.settings(TestServer.settings((it) -> it.maxBacklog(1))).start();
		try (RawWebSocketClient client = client()) {
			client.sendBytes(concat(RawWebSocketClient.frame(ConformanceCase.TEXT, ConformanceCase.bytes("wait")),
					RawWebSocketClient.frame(ConformanceCase.TEXT, new byte[0]),
					RawWebSocketClient.frame(ConformanceCase.TEXT, new byte[0])));
			await().until(() -> this.server.sessions.count() == 1);
			this.gate.countDown();
			assertThat(text(client.receiveFrame())).isEqualTo("waited");
			assertThat(text(client.receiveFrame())).isEmpty();
			assertThat(text(client.receiveFrame())).isEmpty();
		}
	}

	private static byte[] concat(byte[]... parts) {
		int length = Arrays.stream(parts).mapToInt((part) -> part.length).sum();
		ByteBuffer all = ByteBuffer.allocate(length);
		Arrays.stream(parts).forEach(all::put);
		return all.array();
	}

	@ParameterizedTest
	@ValueSource(strings = { "bug", "teapot" })
	void aMessageThatFailsEndsTheConnection(String message) throws InterruptedException {
		this.server.start();
		try (RawWebSocketClient client = client()) {
			send(client, "first", message, "never handled");
			assertThat(text(client.receiveFrame())).isEqualTo("first");
			assertThat(closed(client))
				.isEqualTo(message.equals("bug") ? "1011 500 internal error" : "1011 418 a teapot");
			assertThat(this.events.poll(10, TimeUnit.SECONDS)).isEqualTo("opened");
			assertThat(this.events.poll(10, TimeUnit.SECONDS)).startsWith("message-failed");
		}
	}

	@Test
	void aListenerWithoutAHandlerEndsTheConnectionWithTheReason() {
		this.server.rawRoute("no.such").start();
		try (RawWebSocketClient client = client()) {
			send(client, "x");
			assertThat(closed(client)).isEqualTo("1011 404 no such route");
		}
	}

	@Test
	void aHandlerOverItsDeadlineEndsTheConnection() {
		this.server.settings(TestServer.settings((it) -> it.requestTimeout(Duration.ofMillis(100)))).start();
		try (RawWebSocketClient client = client()) {
			send(client, "wait");
			assertThat(closed(client)).isEqualTo("1011 408 timed out");
		}
	}

	@Test
	void aClientAboveTheRateIsDisconnected() {
		TransportLimits limits = new TransportLimits(0, 0, 1, 2, Map.of(), OnExcess.ANSWER);
		this.server.settings(TestServer.settings((it) -> it.limits(limits))).start();
		try (RawWebSocketClient client = client()) {
			send(client, "nothing", "nothing", "nothing", "nothing", "nothing");
			assertThat(closed(client)).isEqualTo("1008 too many requests");
		}
	}

	@Test
	void theGameChoosesACloseCode() throws InterruptedException {
		this.server.start();
		try (RawWebSocketClient client = client(); RawWebSocketClient kicked = client()) {
			send(client, "close");
			assertThat(closed(client)).isEqualTo("4001 bye");
			send(kicked, "kick");
			assertThat(closed(kicked)).isEqualTo("1000 " + "\u20ac".repeat(41));
		}
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> CloseReason.webSocket(3999, ""));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> CloseReason.webSocket(5000, ""));
	}

	@Test
	void theCloseCodeOfTheClientIsInTheReason() throws InterruptedException {
		this.server.start();
		try (RawWebSocketClient client = client()) {
			client.sendFrame(ConformanceCase.CLOSE,
					concat(new byte[] { 0x0F, (byte) 0xA2 }, "enough \u20ac".getBytes(StandardCharsets.UTF_8)));
			assertThat(closed(client)).startsWith("4002");
			assertThat(this.events.poll(10, TimeUnit.SECONDS)).isEqualTo("opened");
			assertThat(this.events.poll(10, TimeUnit.SECONDS))
				.isEqualTo("client-closed: closed by the client: 4002 enough \u20ac");
		}
	}

	@Test
	void aMessageThatWasSentBeforeTheCloseFrameIsHandled() throws InterruptedException {
		this.server.start();
		try (RawWebSocketClient client = client()) {
			client.sendBytes(concat(RawWebSocketClient.frame(ConformanceCase.TEXT, ConformanceCase.bytes("wait")),
					RawWebSocketClient.frame(ConformanceCase.TEXT, ConformanceCase.bytes("seen")),
					RawWebSocketClient.frame(ConformanceCase.CLOSE, new byte[] { 3, (byte) 0xE8 })));
			closed(client);
			await().until(() -> this.server.sessions.count() == 0);
			this.gate.countDown();
			assertThat(this.events.poll(10, TimeUnit.SECONDS)).isEqualTo("opened");
			assertThat(this.events.poll(10, TimeUnit.SECONDS)).isEqualTo("seen");
			assertThat(this.events.poll(10, TimeUnit.SECONDS)).startsWith("client-closed");
		}
	}

	@Test
	void aTooLongMessageIsRejectedBeforeItIsReceived() {
		this.server.settings(TestServer.settings((it) -> it.maxPacketLength(1000))).start();
		try (RawWebSocketClient client = client(); RawWebSocketClient fragments = client()) {
			client.sendFrame(ConformanceCase.TEXT, new byte[1000]);
			assertThat(client.receiveFrame().payload()).hasSize(1000);
			byte[] frame = RawWebSocketClient.frame(ConformanceCase.TEXT, new byte[1001]);
			client.sendBytes(Arrays.copyOf(frame, 8));
			assertThat(closed(client)).isEqualTo("1009 message too large");
			for (int i = 0; i < 11; i++) {
				fragments.sendFrame((i == 0) ? ConformanceCase.TEXT_BEGINS : ConformanceCase.CONTINUES, new byte[100]);
			}
			assertThat(closed(fragments)).isEqualTo("1009 message too large");
		}
	}

	@Test
	void validatorsSeeTheQueryBeforeTheSessionOpens() throws InterruptedException {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			String token = handshake.session().queryParameters().getOrDefault("token", List.of("")).get(0);
			if (token.isEmpty()) {
				throw new HandshakeRefusedException(401, "no token");
			}
			handshake.session().bind(token);
			handshake.answerWith(Map.of("not", "sent"));
		}))).start();
		try (RawWebSocketClient refused = client()) {
			send(refused, "hello");
			assertThat(closed(refused)).isEqualTo("1008 no token");
		}
		try (RawWebSocketClient client = (RawWebSocketClient) RawClient.webSocket(this.server.port(), "/?token=ann")) {
			send(client, "hello");
			assertThat(text(client.receiveFrame())).isEqualTo("hello");
			assertThat(this.server.sessions.findByUid("ann")).hasSize(1);
			assertThat(this.events.poll(10, TimeUnit.SECONDS)).isEqualTo("opened");
		}
	}

	@Test
	void aStoppingServerRepliesToPendingMessagesAndClosesWith1001() throws InterruptedException {
		this.server.start();
		try (RawWebSocketClient client = client()) {
			send(client, "wait");
			await()
				.until(() -> this.server.server().traffic().bytesReceived() > 0 && this.server.sessions.count() == 1);
			Thread stopping = new Thread(() -> this.server.server().stop());
			stopping.start();
			await().until(() -> !this.server.server().isRunning());
			this.gate.countDown();
			assertThat(text(client.receiveFrame())).isEqualTo("waited");
			assertThat(closed(client)).isEqualTo("1001 the server is shutting down");
			stopping.join();
		}
	}

	@Test
	void aClientWithoutAWebSocketIsDisconnected() {
		this.server.start();
		try (RawClient client = this.server.tcp()) {
			client.sendHex("01000000");
			assertThat(client.readText()).isEmpty();
		}
		assertThat(this.server.sessions.count()).isZero();
	}

	@Test
	void theServerPingsASilentClient() {
		this.server.settings(TestServer.settings((it) -> it.heartbeat(Duration.ofSeconds(1)))).start();
		try (RawWebSocketClient client = client()) {
			assertThat(client.receiveFrame().first()).isEqualTo(ConformanceCase.PING);
			assertThat(closed(client)).isEqualTo("4408 no heartbeat");
		}
	}

	@Test
	void aPayloadIsReadAsTheDeclaredType() {
		typed("raw.typed", Map.class).listener((it) -> it.named("typed")).rawRoute("raw.typed").start();
		try (RawWebSocketClient client = client()) {
			send(client, "{ \"a\": 1 }");
			assertThat(text(client.receiveFrame())).isEqualTo("{\"a\":1}");
			send(client, "not JSON");
			assertThat(closed(client)).startsWith("1011 400 ");
		}
	}

	@Test
	void aStringIsTheTextOfTheMessage() {
		typed("raw.string", String.class).rawRoute("raw.string").start();
		try (RawWebSocketClient client = client()) {
			send(client, "not \"JSON\"");
			assertThat(text(client.receiveFrame())).isEqualTo("not \"JSON\"");
			client.sendFrame(ConformanceCase.BINARY, new byte[] { (byte) 0xFF });
			assertThat(closed(client)).startsWith("1011 400 ");
		}
	}

	private TestServer typed(String route, Class<?> type) {
		return this.server.route(Route.of(route, Request::payload)
			.with(Bodies.prepared(this.server.payloads, (it) -> new Bodies(it.reader(type), it.writer(type)))));
	}

	@Test
	void theServersFirstKnownSubprotocolIsChosen() throws Exception {
		this.server
			.listener((it) -> it
				.with(it.settings().with(UpgradeSettings.defaults().withSubprotocols(List.of("chat.v2", "chat.v1")))))
			.start();
		assertThat(subprotocol("chat.v1", "chat.v2")).isEqualTo("chat.v2");
		assertThat(subprotocol("other", "chat.v1")).isEqualTo("chat.v1");
		assertThat(subprotocol("other")).isEqualTo("other");
		assertThat(subprotocol()).isEmpty();
	}

	private String subprotocol(String... offered) throws Exception {
		WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
		if (offered.length > 0) {
			builder.subprotocols(offered[0], Arrays.copyOfRange(offered, 1, offered.length));
		}
		WebSocket webSocket = builder
			.buildAsync(URI.create("ws://127.0.0.1:" + this.server.port() + "/"), new WebSocket.Listener() {
			})
			.get(10, TimeUnit.SECONDS);
		webSocket.abort();
		return webSocket.getSubprotocol();
	}

	@Test
	void aListenerThatCannotServeTheProtocolEndsTheStart() {
		TestServer mixed = new TestServer()
			.listener((it) -> it.with(ListenerSettings.defaults().withProtocols(List.of("pomelo", "raw"))));
		assertThatExceptionOfType(UnsuitableListenerException.class).isThrownBy(mixed::start)
			.withMessage("Listener 'server' serves the protocol 'raw', whose first bytes can be any, "
					+ "beside the protocol 'pomelo'");
		mixed.close();
		TestServer tcp = new TestServer().listener(
				(it) -> it.with(ListenerSettings.defaults().withProtocols(List.of("raw")).withTransports(true, false)));
		assertThatExceptionOfType(UnsuitableListenerException.class).isThrownBy(tcp::start)
			.withMessage("Listener 'server' serves the protocol 'raw', which needs WebSockets, over TCP only");
		tcp.close();
	}

	private final class Listener implements SessionListener {

		@Override
		public void opened(Session session) {
			RawProtocolTests.this.events.add("opened");
		}

		@Override
		public void closed(Session session, CloseReason reason) {
			RawProtocolTests.this.events.add(reason.code() + ": " + reason.message());
		}

	}

}
