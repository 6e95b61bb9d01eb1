package io.nanogame.server;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import io.nanogame.group.Group;
import io.nanogame.route.Request;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import io.nanogame.test.RawWebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Clients that violate the protocol, without effect on others.
 */
class HostileInputTests {

	private final TestServer server = new TestServer();

	private final List<CloseReason> reasons = new CopyOnWriteArrayList<>();

	private RawClient neighbour;

	@BeforeEach
	void start() {
		Group all = this.server.groups.create("everybody");
		this.server.lane("test.throw", (request) -> {
			throw new IllegalStateException("secret of the server");
		}).loop("test.throwFast", (request) -> {
			throw new StackOverflowError();
		}).lane("test.twice", HostileInputTests::answerTwice).lane("test.unwritable", (request) -> new Object() {

			@SuppressWarnings("unused")
			public Object getSelf() {
				return this;
			}

		})
			.lane("test.typed", (request) -> request.payload())
			.lane("test.join", (request) -> all.add(request.session()))
			.with((builder) -> builder.sessionListeners(List.of(new SessionListener() {

				@Override
				public void closed(Session session, CloseReason reason) {
					HostileInputTests.this.reasons.add(reason);
				}

			})))
			.start();
		this.neighbour = this.server.tcp().handshake();
	}

	private static Object answerTwice(Request request) {
		assertThat(request.reply("first")).isTrue();
		assertThat(request.reply("second")).isFalse();
		assertThat(request.fail(500, "third")).isFalse();
		return "fourth";
	}

	@AfterEach
	void theOtherClientIsStillServed() {
		this.neighbour.request(99, "test.echo", "\"unharmed\"");
		assertThat(this.neighbour.readResponse(99)).isEqualTo("\"unharmed\"");
		this.neighbour.close();
		this.server.serves();
		await().until(() -> this.server.sessions.count() == 0);
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({ "04000002 0001, truncated route", "04000003 010100, truncated route",
			"04000004 00808080, truncated message id", "0400000c 008180808080808080808080, message id too long",
			"04ffffff, packet too large", "04010001, packet too large", "00000000, invalid packet type",
			"06000000, invalid packet type", "ff000000, invalid packet type", "04000000, message too short",
			"04000001 02, message too short", "04000005 0801617b7d, invalid message type",
			"04000006 010100637b7d, unknown route code", "0400000a 100103722e71deadbeef, bad compressed body" })
	void malformedPacketsCauseAKickWithTheReason(String hex, String message) {
		for (RawClient client : List.of(this.server.tcp(), this.server.webSocket())) {
			try (client) {
				client.handshake();
				client.request(1, "test.echo", "\"before\"");
				assertThat(client.readResponse(1)).isEqualTo("\"before\"");
				client.sendHex(hex);
				assertThat(client.readKick()).isEqualTo("{\"reason\":\"protocol error: " + message + "\"}");
			}
		}
		await().until(() -> this.reasons.size() == 2);
		assertThat(this.reasons).allMatch((reason) -> reason.code().equals("protocol-error"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "00000000", "ff112233", "04ffffff", "16030100", "0a0d0a0d" })
	void invalidBytesInsteadOfAHandshakeCauseAKick(String hex) {
		try (RawClient client = this.server.tcp()) {
			client.sendHex(hex);
			assertThat(client.readKick()).startsWith("{\"reason\":\"protocol error: ");
		}
	}

	@Test
	void dataBeforeTheHandshakeIsKicked() {
		try (RawClient client = this.server.tcp(); RawClient impatient = this.server.webSocket()) {
			client.request(1, "test.echo", "1");
			assertThat(client.readKick()).isEqualTo("{\"reason\":\"data before the handshake\"}");
			impatient.sendHex("01000000").request(1, "test.echo", "1");
			assertThat(impatient.read().type()).isEqualTo(RawPacket.HANDSHAKE);
			assertThat(impatient.readKick()).isEqualTo("{\"reason\":\"data before the handshake\"}");
		}
	}

	@Test
	void anAckWithoutAHandshakeIsIgnored() {
		try (RawClient client = this.server.tcp()) {
			client.sendHex("02000000").handshake().sendHex("02000000").request(1, "test.echo", "1");
			assertThat(client.readResponse(1)).isEqualTo("1");
		}
	}

	@Test
	void aRepeatedHandshakeGetsAResponseAndTheSessionContinues() {
		try (RawClient client = this.server.tcp().handshake()) {
			long sessions = this.server.sessions.count();
			client.sendHex("0100000a 7b22737973223a7b7d7d").request(1, "test.echo", "1");
			RawPacket again = client.read();
			assertThat(again.type()).isEqualTo(RawPacket.HANDSHAKE);
			assertThat(again.text()).contains("\"code\":200");
			assertThat(client.readResponse(1)).isEqualTo("1");
			assertThat(this.server.sessions.count()).isEqualTo((int) sessions);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "{\"sys\":null,\"user\":null}", "{\"sys\":{\"type\":7}}" })
	void aMinimalHandshakeIsAccepted(String body) {
		try (RawClient client = this.server.tcp()) {
			assertThat(client.handshake(body)).contains("\"code\":200");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "\"\"", "7", "{", "{\"sys\":[]}", "{\"user\":\"ann\"}", "nonsense" })
	void anInvalidHandshakeIsRejected(String body) {
		refused(TestServer.bytes(body));
	}

	@Test
	void anInvalidHandshakeOfEightKibibytesIsRejected() {
		byte[] rubbish = new byte[8 * 1024];
		new Random(1).nextBytes(rubbish);
		refused(rubbish);
		refused(TestServer.bytes("[".repeat(8 * 1024)));
	}

	@Test
	void aLongerHandshakeIsKickedWhenItsHeaderIsReceived() {
		for (RawClient client : List.of(this.server.tcp(), this.server.webSocket())) {
			try (client) {
				client.sendHex("01002001");
				assertThat(client.readKick()).isEqualTo("{\"reason\":\"protocol error: handshake too large\"}");
			}
		}
	}

	private void refused(byte[] body) {
		try (RawClient client = this.server.tcp()) {
			client.send(RawClient.packet(1, body));
			assertThat(client.read().text()).contains("\"code\":500", "\"sys\":{}");
			client.awaitClose();
		}
	}

	@Test
	void aRequestToAnUnknownRouteFailsWith404() {
		try (RawClient client = this.server.tcp().handshake()) {
			client.request(1, "no.such", "{}").request(2, "", "").request(3, "\u0000\uFFFD", "");
			for (int id = 1; id <= 3; id++) {
				assertThat(client.readResponse(id)).isEqualTo("{\"code\":404,\"msg\":\"no such route\"}");
			}
		}
	}

	@Test
	void aFailedHandlerCausesA500WithoutItsMessage() {
		try (RawClient client = this.server.tcp().handshake()) {
			client.request(1, "test.throw", "").request(2, "test.throwFast", "").request(3, "test.unwritable", "");
			for (int id = 1; id <= 3; id++) {
				assertThat(client.readResponse(id)).isEqualTo("{\"code\":500,\"msg\":\"internal error\"}");
			}
		}
	}

	@Test
	void theSecondReplyOfAHandlerIsIgnored() {
		try (RawClient client = this.server.tcp().handshake()) {
			client.request(1, "test.twice", "").request(2, "test.echo", "2");
			assertThat(client.readResponse(1)).isEqualTo("\"first\"");
			assertThat(client.readResponse(2)).isEqualTo("2");
		}
	}

	@Test
	void aZipBombIsNotInflated() throws Exception {
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
			gzip.write(new byte[16 * 1024 * 1024]);
		}
		assertThat(bomb.size()).isLessThan(64 * 1024);
		try (RawClient client = this.server.tcp().handshake()) {
			client.send(RawClient.packet(4, RawClient.message(0x10, 1, "test.echo", bomb.toByteArray())));
			assertThat(client.readKick()).isEqualTo("{\"reason\":\"protocol error: inflated body too large\"}");
		}
	}

	@Test
	void textFramesAreBytes() {
		try (RawWebSocketClient client = (RawWebSocketClient) this.server.webSocket().handshake()) {
			byte[] packet = RawClient.packet(4, RawClient.message(0, 1, "test.echo", TestServer.bytes("1")));
			client.sendFrame(0x81, packet);
			assertThat(client.readResponse(1)).isEqualTo("1");
		}
	}

	@Test
	void packetsMaySpanFrames() {
		try (RawWebSocketClient client = (RawWebSocketClient) this.server.webSocket().handshake()) {
			byte[] packet = RawClient.packet(4, RawClient.message(0, 1, "test.echo", TestServer.bytes("1")));
			for (int i = 0; i < packet.length; i++) {
				client.sendFrame((i == 0) ? 0x02 : (i == packet.length - 1) ? 0x80 : 0x00, new byte[] { packet[i] });
				client.sendFrame(0x89, TestServer.bytes("between"));
			}
			assertThat(client.readPong()).isEqualTo(TestServer.bytes("between"));
			for (int i = 1; i < packet.length - 1; i++) {
				client.readPong();
			}
			assertThat(client.readResponse(1)).isEqualTo("1");
			assertThat(client.readPong()).isEqualTo(TestServer.bytes("between"));
			client.sendFrame(0x82, new byte[0]).request(2, "test.echo", "2");
			assertThat(client.readResponse(2)).isEqualTo("2");
		}
	}

	@Test
	void aFrameMayBeCutAnywhere() {
		byte[] packet = RawClient.packet(4, RawClient.message(0, 1, "test.echo", new byte[300]));
		byte[] frame = RawWebSocketClient.frame(0x82, packet);
		try (RawWebSocketClient client = (RawWebSocketClient) this.server.webSocket().handshake()) {
			for (int cut = 1; cut < frame.length; cut += (cut < 24) ? 1 : 57) {
				client.sendBytes(Arrays.copyOfRange(frame, 0, cut));
				this.neighbour.request(1, "test.echo", "0");
				this.neighbour.readResponse(1);
				client.sendBytes(Arrays.copyOfRange(frame, cut, frame.length));
				assertThat(client.readResponse(1)).hasSize(300);
			}
			client.sendBytes(Arrays.copyOfRange(frame, 0, 9));
			client.reset();
		}
		await().until(() -> this.server.server().traffic().openConnections() == 1);
	}

	@ParameterizedTest
	@CsvSource({ "c2, reserved bits are set in a WebSocket frame", "83, unknown WebSocket opcode",
			"80, a WebSocket continuation without a beginning", "09, a WebSocket control frame in fragments" })
	void invalidFramesCauseAKick(String firstByte, String message) {
		try (RawWebSocketClient client = (RawWebSocketClient) this.server.webSocket().handshake()) {
			client.sendFrame(Integer.parseInt(firstByte, 16), new byte[0]);
			assertThat(client.readKick()).isEqualTo("{\"reason\":\"protocol error: " + message + "\"}");
		}
	}

	@Test
	void aFrameWithoutAMaskIsKicked() {
		try (RawWebSocketClient client = (RawWebSocketClient) this.server.webSocket().handshake()) {
			client.sendBytes(new byte[] { (byte) 0x82, 0x00 });
			assertThat(client.readKick()).contains("without a mask");
		}
	}

	@Test
	void plainHttpGetsAnErrorResponse() {
		assertThatThrownBy(() -> RawClient.webSocket(this.server.port(), "/", "Origin: http://evil.example"))
			.hasMessageContaining("403");
		for (String request : List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n",
				"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}",
				"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n", "GET\r\n\r\n",
				"GET /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n", "A".repeat(9000))) {
			try (RawClient client = this.server.tcp()) {
				client.sendBytes(TestServer.bytes(request));
				assertThat(client.readText()).startsWith("HTTP/1.1 4").contains("connection: close");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "%zz", "%4", "%" })
	void aMalformedQueryIsRejectedWith400(String encoded) {
		assertThatThrownBy(() -> RawClient.webSocket(this.server.port(), "/?name=" + encoded))
			.hasMessageContaining("400");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host", "Expect" })
	void aRequestAfterARejectedOneIsIgnored(String header) {
		String upgrade = "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
				+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
		try (RawClient client = this.server.tcp()) {
			client.sendBytes(TestServer.bytes("GET / HTTP/1.1\r\n" + header + ": x\r\n\r\n" + upgrade));
			assertThat(client.readText()).startsWith("HTTP/1.1 426").doesNotContain("HTTP/1.1 101");
		}
		assertThat(this.server.server().traffic().transports()).containsExactly("tcp");
	}

	@Test
	void aDisconnectAtAnyPointLeavesNoState() {
		byte[] packet = RawClient.packet(4, RawClient.message(0, 1, "test.echo", new byte[1000]));
		for (int cut = 1; cut < packet.length; cut += 37) {
			RawClient client = (cut % 2 == 0) ? this.server.tcp() : this.server.webSocket();
			client.handshake().sendBytes(Arrays.copyOf(packet, cut)).reset();
		}
		await().until(() -> this.server.sessions.count() == 1);
	}

	@Test
	void aClientThatStopsReadingIsDisconnectedWithoutLossForOthers() throws Exception {
		this.neighbour.request(1, "test.join", "");
		this.neighbour.readResponse(1);
		Group all = this.server.groups.get("everybody");
		try (RawClient stuck = RawClient.tcpWithSmallBuffer(this.server.port()).handshake()) {
			stuck.request(1, "test.join", "");
			await().until(() -> all.count() == 2);
			// The other client must never be too slow itself.
			Semaphore onTheWay = new Semaphore(8);
			CompletableFuture<Integer> heard = CompletableFuture.supplyAsync(() -> {
				int pushes = 0;
				while (!this.neighbour.readPush("onNews").equals("\"end\"")) {
					pushes++;
					onTheWay.release();
				}
				return pushes;
			});
			String news = "x".repeat(10_000);
			int sent = 0;
			while (all.count() == 2) {
				assertThat(onTheWay.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
				all.broadcast("onNews", news);
				sent++;
			}
			all.broadcast("onNews", "end");
			assertThat(heard).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(sent);
			await().until(() -> this.reasons.contains(CloseReason.SLOW_CONSUMER));
			await().until(() -> this.server.server().traffic().openConnections() == 1);
		}
	}

	@Test
	void readingPausesForAClientThatDoesNotReadWithoutLoss() throws Exception {
		int requests = 20_000;
		CountDownLatch halfWritten = new CountDownLatch(requests / 4);
		try (RawClient client = this.server.tcp().handshake()) {
			CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
				for (int id = 1; id <= requests; id++) {
					client.request(id, (id % 2 == 0) ? "test.echo" : "test.fastEcho", "\"" + "y".repeat(500) + "\"");
					halfWritten.countDown();
				}
			});
			assertThat(halfWritten.await(10, TimeUnit.SECONDS)).isTrue();
			for (int id = 1; id <= requests; id++) {
				client.readResponse(id);
			}
			assertThat(writer).succeedsWithin(Duration.ofSeconds(5));
		}
	}

}
