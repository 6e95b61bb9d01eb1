package io.nanogame.server;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.nanogame.protocol.RouteDictionary;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * The service for a conforming client, over TCP and WebSocket on one port.
 */
class PomeloClientTests {

	private static final String PITAYA = "{\"sys\":{\"platform\":\"mac\",\"libVersion\":\"0.3.5-release\","
			+ "\"clientBuildNumber\":\"20\",\"clientVersion\":\"2.1\"},\"user\":{}}";

	private final TestServer server = new TestServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void aRequestGetsAResponse(String transport) {
		this.server.start();
		try (RawClient client = this.server.connect(transport).handshake()) {
			client.request(1, "test.echo", "{\"a\":1}").request(300, "test.fastEcho", "{\"b\":2}");
			assertThat(client.readResponse(1)).isEqualTo("{\"a\":1}");
			assertThat(client.readResponse(300)).isEqualTo("{\"b\":2}");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void handshakeAckAndDataMayArriveTogether(String transport) {
		this.server.start();
		try (RawClient client = this.server.connect(transport)) {
			client.sendHex("01000000 02000000 04000010 0001 09 746573742e6563686f 7b7d3030".replace(" ", ""));
			assertThat(client.read().type()).isEqualTo(RawPacket.HANDSHAKE);
			assertThat(client.read().type()).isEqualTo(RawPacket.HEARTBEAT);
			assertThat(client.readResponse(1)).isEqualTo("{}00");
		}
	}

	@Test
	void theHandshakeContainsTheFieldsOfEachFamily() {
		this.server.dictionary(RouteDictionary.of(Map.of("test.echo", 1))).start();
		try (RawClient browser = this.server.tcp(); RawClient pitaya = this.server.tcp()) {
			assertThat(browser.handshake("{\"sys\":{\"type\":\"js-websocket\",\"version\":\"0.0.1\"}}")).contains(
					"\"code\":200", "\"heartbeat\":30", "\"serializer\":\"json\"", "\"dict\":{\"test.echo\":1}",
					"\"useDict\":true", "\"protos\":{");
			assertThat(pitaya.handshake(PITAYA)).contains("\"code\":200", "\"dict\":{\"test.echo\":1}")
				.doesNotContain("useDict", "protos");
		}
	}

	@Test
	void compressedRoutesAreReadAndSentToClientsThatSupportThem() {
		this.server.dictionary(RouteDictionary.of(Map.of("test.push", 7, "onNews", 8))).lane("test.push", (request) -> {
			request.session().push("onNews", Map.of("n", 1));
			return null;
		}).start();
		try (RawClient browser = this.server.tcp(); RawClient pitaya = this.server.tcp()) {
			browser.handshake();
			pitaya.handshake(PITAYA);
			for (RawClient client : List.of(browser, pitaya)) {
				client.sendHex("04000004 01010007");
			}
			RawPacket compressed = browser.readData();
			assertThat(compressed.routeCode()).isEqualTo(8);
			assertThat(compressed.payload()).isEqualTo("{\"n\":1}");
			assertThat(browser.readResponse(1)).isEqualTo("{}");
			RawPacket plain = pitaya.readData();
			assertThat(plain.route()).isEqualTo("onNews");
			assertThat(plain.payload()).isEqualTo("{\"n\":1}");
		}
	}

	@Test
	void heartbeatsAreEchoedAndNeverSentPeriodically() {
		this.server.start();
		try (RawClient client = this.server.tcp()) {
			client.sendHex("03000000 01000000");
			assertThat(client.read().type()).isEqualTo(RawPacket.HANDSHAKE);
			client.sendHex("03000000 02000000 03000000 03000000");
			for (int i = 0; i < 3; i++) {
				assertThat(client.read().type()).isEqualTo(RawPacket.HEARTBEAT);
			}
			client.request(1, "test.echo", "1");
			assertThat(client.read().isResponse()).as("no further heartbeat before the response").isTrue();
		}
	}

	@Test
	void aValidatorMayRefuseWithAMessageAndSendDataToAcceptedClients() {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			String token = handshake.request().user().path("token").asString("");
			if (token.isEmpty() && handshake.session().queryParameters().isEmpty()) {
				throw new HandshakeRefusedException("no token");
			}
			if (token.equals("boom")) {
				throw new IllegalStateException("secret");
			}
			handshake.session().bind(token.isEmpty() ? "by-query" : token);
			handshake.answerWith(Map.of("welcome", true));
		}))).lane("test.who", (request) -> Map.of("uid", request.session().uid())).start();
		try (RawClient refused = this.server.tcp();
				RawClient broken = this.server.tcp();
				RawClient pitaya = this.server.tcp();
				RawClient welcome = this.server.tcp();
				RawClient byQuery = RawClient.webSocket(this.server.port(), "/any?token=x%20y")) {
			refused.send(RawClient.packet(1, TestServer.bytes("{}")));
			assertThat(refused.read().text()).contains("\"code\":500", "no token", "\"sys\":{}");
			refused.awaitClose();
			broken.send(RawClient.packet(1, TestServer.bytes("{\"user\":{\"token\":\"boom\"}}")));
			assertThat(broken.read().text()).contains("\"code\":500").doesNotContain("secret");
			broken.awaitClose();
			pitaya.send(RawClient.packet(1, TestServer.bytes(PITAYA)));
			assertThat(pitaya.read().text()).contains("\"code\":400", "no token");
			pitaya.awaitClose();
			assertThat(welcome.handshake("{\"user\":{\"token\":\"ann\"}}")).contains("\"user\":{\"welcome\":true}");
			welcome.request(1, "test.who", "");
			assertThat(welcome.readResponse(1)).isEqualTo("{\"uid\":\"ann\"}");
			byQuery.handshake().request(1, "test.who", "");
			assertThat(byQuery.readResponse(1)).isEqualTo("{\"uid\":\"by-query\"}");
		}
		await().until(() -> this.server.sessions.count() == 0);
		assertThat(this.server.sessions.findByUid("ann")).isEmpty();
	}

	@Test
	void userDataOfTheWrongTypeIsAClientError() {
		record Login(List<String> tokens) {
		}
		this.server.with(
				(builder) -> builder.handshakeValidators(List.of((handshake) -> handshake.request().user(Login.class))))
			.start();
		try (RawClient client = this.server.tcp(); RawClient other = this.server.tcp()) {
			client.send(RawClient.packet(1, TestServer.bytes("{\"user\":{\"tokens\":{\"secret\":1}}}")));
			assertThat(client.read().text()).contains("\"code\":500", "bad user part of the handshake")
				.doesNotContain("secret");
			client.awaitClose();
			assertThat(other.handshake("{\"user\":{\"tokens\":[\"x\"]}}")).contains("\"code\":200");
		}
	}

	@Test
	void dataSentWhileTheHandshakeIsBeingValidatedWaits() throws Exception {
		CountDownLatch decide = new CountDownLatch(1);
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> awaitQuietly(decide))))
			.start();
		try (RawClient client = this.server.tcp()) {
			client.sendHex("01000000");
			client.sendHex("02000000");
			client.request(1, "test.echo", "\"hello\"");
			decide.countDown();
			assertThat(client.read().type()).isEqualTo(RawPacket.HANDSHAKE);
			assertThat(client.readResponse(1)).isEqualTo("\"hello\"");
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void pushesAndTheResponseArriveInTheOrderTheyWereSent() {
		this.server.lane("test.mixed", (request) -> {
			for (int i = 0; i < 100; i++) {
				request.session().push("onCount", i);
			}
			return "done";
		}).start();
		try (RawClient client = this.server.webSocket().handshake()) {
			client.request(1, "test.mixed", "");
			for (int i = 0; i < 100; i++) {
				assertThat(client.readData().payload()).isEqualTo(String.valueOf(i));
			}
			assertThat(client.readData().payload()).isEqualTo("\"done\"");
		}
	}

	@Test
	void anotherThreadMayReplyLaterByRequestId() {
		this.server.lane("test.later", (request) -> {
			long id = request.defer().id();
			Session session = request.session();
			new Thread(() -> session.respond(id, Map.of("late", true))).start();
			return null;
		}).start();
		try (RawClient client = this.server.tcp().handshake()) {
			client.request(42, "test.later", "");
			assertThat(client.readResponse(42)).isEqualTo("{\"late\":true}");
		}
		assertThat(this.server.sessions.all()).allMatch((session) -> !session.respond(42, "again"));
	}

	@Test
	void aHandlerMayFailWithAnErrorInTheFormOfTheClient() {
		this.server.lane("test.forbidden", (request) -> {
			throw new RequestException(403, "not yours");
		}).start();
		try (RawClient browser = this.server.tcp().handshake(); RawClient pitaya = this.server.tcp()) {
			pitaya.handshake(PITAYA);
			browser.request(1, "test.forbidden", "");
			RawPacket plain = browser.readData();
			assertThat(plain.payload()).isEqualTo("{\"code\":403,\"msg\":\"not yours\"}");
			assertThat(plain.hasErrorFlag()).isFalse();
			pitaya.request(1, "test.forbidden", "");
			RawPacket flagged = pitaya.readData();
			assertThat(flagged.payload()).isEqualTo("{\"code\":\"PIT-403\",\"msg\":\"not yours\"}");
			assertThat(flagged.hasErrorFlag()).isTrue();
		}
	}

	@Test
	void aNotifyGetsNoResponse() {
		this.server.start();
		try (RawClient client = this.server.tcp().handshake()) {
			client.notify("test.echo", "1").notify("no.such", "1").request(0, "test.echo", "0");
			client.request(7, "test.echo", "7");
			assertThat(client.readResponse(7)).isEqualTo("7");
		}
	}

	@Test
	void aDeflatedBodyIsInflated() {
		this.server.start();
		try (RawClient client = this.server.tcp().handshake()) {
			byte[] body = HexFormat.of().parseHex("789cab56cac92c2e51b28a564a4c4a4e494d4bcf50d2196eccd85a00f1654b4f");
			client.send(RawClient.packet(4, RawClient.message(0x10, 9, "test.echo", body)));
			assertThat(client.readResponse(9)).startsWith("{\"list\":[\"abcdefgh\",\"abcdefgh\"").endsWith("]}");
		}
	}

	@Test
	void aKickedClientGetsTheReasonAndItsMessagesAreIgnored() {
		CountDownLatch kicked = new CountDownLatch(1);
		this.server.lane("test.kickMe", (request) -> {
			request.session().push("onBye", 1);
			request.session().kick("cheating");
			kicked.countDown();
			return null;
		}).lane("test.forbidden", (request) -> {
			throw new AssertionError("handled after the kick");
		}).start();
		for (String transport : List.of("tcp", "websocket")) {
			try (RawClient client = this.server.connect(transport).handshake()) {
				client.request(1, "test.kickMe", "").request(2, "test.forbidden", "");
				assertThat(client.readPush("onBye")).isEqualTo("1");
				assertThat(client.readKick()).isEqualTo("{\"reason\":\"cheating\"}");
			}
		}
		await().until(() -> this.server.server().traffic().openConnections() == 0);
	}

	@Test
	void aPlainCloseSendsNoKick() {
		this.server.lane("test.closeMe", (request) -> {
			request.session().close();
			return null;
		}).start();
		try (RawClient client = this.server.tcp().handshake()) {
			client.request(1, "test.closeMe", "");
			assertThatThrownBy(client::read).isInstanceOf(RawClient.ClosedException.class);
		}
	}

	@Test
	void stoppingClosesAllConnectionsAndWebSocketsReadWhy() {
		this.server.start();
		CompletableFuture<Void> stopped;
		try (RawClient tcp = this.server.tcp().handshake(); RawClient webSocket = this.server.webSocket().handshake()) {
			stopped = CompletableFuture.runAsync(() -> this.server.server().stop());
			assertThat(tcp.readEnd()).isEqualTo("end");
			assertThat(webSocket.readEnd()).isEqualTo("close 1001 the server is shutting down, end");
		}
		assertThat(stopped).succeedsWithin(Duration.ofSeconds(8));
	}

	@Test
	void componentsAreStartedInOrderAndStoppedInReverse() {
		List<String> calls = new CopyOnWriteArrayList<>();
		this.server.with((builder) -> builder.components(List.of(recording("a", calls), recording("b", calls))))
			.start();
		this.server.server().stop();
		assertThat(calls).containsExactly("a.init", "b.init", "a.afterInit", "b.afterInit", "b.beforeShutdown",
				"a.beforeShutdown", "b.shutdown", "a.shutdown");
	}

	private static ComponentLifecycle recording(String name, List<String> calls) {
		return new ComponentLifecycle() {

			@Override
			public void init() {
				calls.add(name + ".init");
			}

			@Override
			public void afterInit() {
				calls.add(name + ".afterInit");
			}

			@Override
			public void beforeShutdown() {
				calls.add(name + ".beforeShutdown");
			}

			@Override
			public void shutdown() {
				calls.add(name + ".shutdown");
			}

		};
	}

	@Test
	void aRequestExposesItsRouteIdAndSession() {
		this.server.lane("test.meta", (request) -> describe(request)).start();
		try (RawClient client = this.server.tcp().handshake()) {
			client.request(5, "test.meta", "");
			assertThat(client.readResponse(5)).isEqualTo("\"test.meta#5 tcp js-websocket\"");
		}
	}

	private static String describe(Request request) {
		return request.route() + "#" + request.id() + " " + request.session().transport() + " "
				+ request.session().handshake().client().type();
	}

}
