package io.nanogame.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.nanogame.connection.CompressionSettings;
import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.connection.TransportSettingsBuilder;
import io.nanogame.group.Group;
import io.nanogame.net.ListenerSettings;
import io.nanogame.route.Request;
import io.nanogame.route.RouteHandler;
import io.nanogame.session.CloseReason;
import io.nanogame.test.DeflatedMessage;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import io.nanogame.test.RawWebSocketClient;
import io.nanogame.test.RawWebSocketClient.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.nanogame.server.TestServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Compressed messages of WebSockets beyond the {@link CompressionConformanceTests}.
 */
class CompressedMessagesTests {

	private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";

	private static final int MAX_LENGTH = 10_000;

	private static final Duration HOURS = Duration.ofHours(100);

	private static final String LONG = "round and round ".repeat(20);

	private TestServer server = new TestServer();

	private RouteHandler handler = CompressedMessagesTests::echo;

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void start(String protocol) {
		start(protocol, (it) -> it);
	}

	private void start(String protocol, UnaryOperator<TransportSettingsBuilder> change) {
		this.server.loop("raw.message", this.handler)
			.settings(TestServer.settings((it) -> change.apply(it.maxPacketLength(MAX_LENGTH)
				.compression(new CompressionSettings(Set.of(Method.PERMESSAGE_DEFLATE), 100)))))
			.listener((it) -> it.with(ListenerSettings.defaults().withProtocols(List.of(protocol))))
			.start();
	}

	private static Object echo(Request request) {
		return request.isText() ? new String(request.body(), StandardCharsets.UTF_8) : request.body();
	}

	private RawWebSocketClient connect() {
		return (RawWebSocketClient) RawClient.webSocket(this.server.port(), "/", OFFER);
	}

	private static String text(Frame frame) {
		assertThat(frame.first()).isEqualTo(0xC1);
		return new String(DeflatedMessage.inflate(frame.payload()), StandardCharsets.UTF_8);
	}

	private static void isClosed(RawWebSocketClient client, int code, String reason) {
		assertThat(client.readEnd()).startsWith("close " + code).contains(reason);
	}

	@Test
	void aMessageBelowTheThresholdIsSentAsItIs() {
		start("raw");
		try (RawWebSocketClient client = connect()) {
			client.sendFrame(0xC1, DeflatedMessage.deflate(bytes("x".repeat(99))));
			assertThat(client.readTextMessage()).isEqualTo("x".repeat(99));
			client.sendFrame(0x81, bytes("x".repeat(100)));
			assertThat(text(client.receiveFrame())).isEqualTo("x".repeat(100));
		}
	}

	@Test
	void aMessageThatWouldNotBecomeSmallerIsSentAsItIs() {
		start("raw");
		byte[] noise = new byte[5000];
		new Random(1).nextBytes(noise);
		try (RawWebSocketClient client = connect()) {
			client.sendFrame(0xC2, DeflatedMessage.deflate(noise));
			assertThat(client.readBinaryMessage()).isEqualTo(noise);
		}
	}

	@Test
	void emptyMessagesAndFinalBlocksAreInflated() {
		start("raw");
		try (RawWebSocketClient client = connect()) {
			client.sendFrame(0xC1, new byte[] { 0 });
			assertThat(client.readTextMessage()).isEmpty();
			client.sendFrame(0xC1, new byte[0]);
			assertThat(client.readTextMessage()).isEmpty();
			client.sendFrame(0xC1, DeflatedMessage.deflateToFinalBlock(bytes(LONG)));
			assertThat(text(client.receiveFrame())).isEqualTo(LONG);
		}
	}

	@Test
	void controlFramesBetweenFragmentsAreNotCompressed() {
		start("raw");
		byte[] payload = DeflatedMessage.deflate(bytes(LONG));
		try (RawWebSocketClient client = connect()) {
			client.sendFrame(0x41, Arrays.copyOf(payload, 5));
			client.sendFrame(0x89, bytes("ping"));
			assertThat(client.receiveFrame().first()).isEqualTo(0x8A);
			client.sendFrame(0x80, Arrays.copyOfRange(payload, 5, payload.length));
			assertThat(text(client.receiveFrame())).isEqualTo(LONG);
			client.sendFrame(0x88, new byte[] { 3, (byte) 0xE8 });
			assertThat(client.receiveFrame().first()).isEqualTo(0x88);
		}
	}

	@ParameterizedTest
	@CsvSource({ "0x40", "0xC0", "0xC9", "0xCA", "0xC8", "0xE1", "0xD1", "0xF1" })
	void aReservedBitElsewhereIsAProtocolError(String first) {
		start("raw");
		try (RawWebSocketClient client = connect()) {
			if (first.endsWith("0")) {
				client.sendFrame(0x41, new byte[0]);
			}
			client.sendFrame(Integer.decode(first), new byte[0]);
			isClosed(client, 1002, "reserved bits");
		}
	}

	@Test
	void aBombIsNotInflatedBeyondTheLimit() {
		start("raw");
		byte[] bomb = DeflatedMessage.deflate(new byte[9_000_000]);
		assertThat(bomb).hasSizeLessThan(MAX_LENGTH);
		try (RawWebSocketClient client = connect()) {
			client.sendFrame(0xC2, bomb);
			isClosed(client, 1009, "too large");
		}
		assertThat(this.server.server().traffic().bytesInflated()).isLessThan(2 * MAX_LENGTH);
	}

	@Test
	void aMessageOfTheMaximumLengthIsInflatedAndALongerOneIsNot() {
		start("raw");
		try (RawWebSocketClient client = connect()) {
			client.sendFrame(0xC1, DeflatedMessage.deflate(bytes("x".repeat(MAX_LENGTH))));
			assertThat(text(client.receiveFrame())).hasSize(MAX_LENGTH);
			client.sendFrame(0xC1, DeflatedMessage.deflate(bytes("x".repeat(MAX_LENGTH + 1))));
			isClosed(client, 1009, "too large");
		}
	}

	@Test
	void theAnnouncedLengthOfACompressedMessageIsLimited() {
		start("raw");
		try (RawWebSocketClient client = connect()) {
			client.sendFrame(0x42, new byte[6000]);
			client.sendFrame(0x00, new byte[6000]);
			isClosed(client, 1009, "too large");
		}
	}

	@Test
	void malformedDataIsAProtocolError() {
		start("raw");
		try (RawWebSocketClient client = connect()) {
			client.sendFrame(0xC1, new byte[] { 7, 7, 7 });
			isClosed(client, 1002, "a compressed WebSocket message is malformed");
		}
	}

	@Test
	void anIncompleteBlockIsAProtocolError() {
		start("raw");
		byte[] payload = DeflatedMessage.deflate(bytes(LONG));
		for (int length = 1; length < payload.length; length++) {
			try (RawWebSocketClient client = connect()) {
				client.sendFrame(0xC1, Arrays.copyOf(payload, length));
				isClosed(client, 1002, "a compressed WebSocket message is malformed");
			}
		}
	}

	@Test
	void aMessageMayConsistOfSeveralStreams() {
		start("raw");
		byte[] emptyStream = { 3, 0 };
		try (RawWebSocketClient client = connect()) {
			client.sendFrame(0xC1, streams(emptyStream, 60));
			assertThat(client.readTextMessage()).isEmpty();
			client.sendFrame(0xC1, streams(emptyStream, 65));
			isClosed(client, 1002, "a compressed WebSocket message is malformed");
		}
	}

	private static byte[] streams(byte[] stream, int count) {
		ByteArrayOutputStream payload = new ByteArrayOutputStream();
		for (int i = 0; i < count; i++) {
			payload.writeBytes(stream);
		}
		return payload.toByteArray();
	}

	@Test
	void inflatedTextThatIsNotUtf8EndsTheConnection() {
		start("raw");
		try (RawWebSocketClient client = connect()) {
			client.sendFrame(0xC1, DeflatedMessage.deflate(bytes("before")));
			assertThat(client.readTextMessage()).isEqualTo("before");
			client.sendFrame(0xC1, DeflatedMessage.deflate(new byte[] { 'a', (byte) 0xC3 }));
			isClosed(client, 1007, "not valid UTF-8");
		}
	}

	@Test
	void packetsOfPomeloAreCompressed() {
		start("pomelo");
		try (RawWebSocketClient client = connect()) {
			client.send(RawClient.packet(RawPacket.HANDSHAKE, bytes("{}"))).sendHex("02000000");
			assertThat(client.receiveFrame().first()).as("handshake").isEqualTo(0xC2);
			assertThat(client.receiveFrame().first()).as("heartbeat").isEqualTo(0x82);
			byte[] request = RawClient.packet(RawPacket.DATA, RawClient.message(0, 1, "test.fastEcho", bytes(LONG)));
			client.sendFrame(0xC2, DeflatedMessage.deflate(request));
			Frame frame = client.receiveFrame();
			assertThat(frame.first()).isEqualTo(0xC2);
			assertThat(new String(DeflatedMessage.inflate(frame.payload()), StandardCharsets.UTF_8)).endsWith(LONG);
		}
	}

	@Test
	void textOfJsonIsCompressedAndMayBeSplitBetweenMessages() {
		start("json");
		String request = "{\"route\":\"test.fastEcho\",\"id\":1,\"body\":\"" + LONG + "\"}";
		try (RawWebSocketClient client = connect()) {
			client.sendFrame(0xC1, DeflatedMessage.deflate(bytes(request.substring(0, 100))));
			client.sendFrame(0x81, bytes(request.substring(100, 150)));
			client.sendFrame(0xC1, DeflatedMessage.deflate(bytes(request.substring(150))));
			assertThat(text(client.receiveFrame())).isEqualTo("{\"id\":1,\"body\":\"" + LONG + "\"}");
		}
	}

	@Test
	void aBroadcastIsCompressedForThoseWhoHaveNegotiatedIt() {
		start("raw");
		Group lobby = this.server.groups.create("lobby");
		try (RawWebSocketClient compressed = connect();
				RawWebSocketClient other = connect();
				RawWebSocketClient plain = (RawWebSocketClient) this.server.webSocket()) {
			await().until(() -> this.server.sessions.count() == 3);
			this.server.sessions.all().forEach(lobby::add);
			lobby.broadcast("onNews", LONG);
			Frame frame = compressed.receiveFrame();
			assertThat(text(frame)).isEqualTo(LONG);
			assertThat(other.receiveFrame().payload()).isEqualTo(frame.payload());
			assertThat(plain.readTextMessage()).isEqualTo(LONG);
		}
	}

	@Test
	void aHandlerMayUseItsArrayForTheNextReply() {
		byte[] reused = new byte[200];
		this.handler = (request) -> {
			Arrays.fill(reused, request.body()[0]);
			return reused;
		};
		start("raw");
		try (RawWebSocketClient client = connect()) {
			for (String next : List.of("a", "b", "c")) {
				client.sendFrame(0x81, bytes(next));
				assertThat(DeflatedMessage.inflate(client.receiveFrame().payload())).containsOnly(next.charAt(0));
			}
		}
	}

	@Test
	void aClientAboveItsInflationRateIsThrottledAndLosesNothing() {
		this.server.close();
		this.server = TestServer.inStillTime();
		start("raw", (it) -> it.maxInflateRate(MAX_LENGTH).heartbeat(HOURS).idleTimeout(HOURS).requestTimeout(HOURS));
		byte[] payload = DeflatedMessage.deflate(bytes("x".repeat(MAX_LENGTH)));
		try (RawWebSocketClient client = connect()) {
			for (int i = 0; i < 10; i++) {
				client.sendFrame(0xC1, payload);
			}
			assertThat(text(client.receiveFrame())).hasSize(MAX_LENGTH);
			assertThat(text(client.receiveFrame())).hasSize(MAX_LENGTH);
			assertThat(this.server.server().traffic().bytesInflated()).isEqualTo(2L * MAX_LENGTH);
			this.server.advanceUntil(() -> this.server.server().traffic().bytesInflated() == 10L * MAX_LENGTH);
			for (int i = 2; i < 10; i++) {
				assertThat(text(client.receiveFrame())).hasSize(MAX_LENGTH);
			}
		}
	}

	@Test
	void anIncompleteMessageHasATimeOut() {
		this.server.close();
		this.server = TestServer.inStillTime();
		start("raw");
		try (RawWebSocketClient client = connect()) {
			client.sendFrame(0x41, new byte[] { 1 });
			await().until(() -> this.server.sessions.count() == 1);
			this.server.advanceUntil(() -> {
				// A ping does not extend it.
				client.sendFrame(0x8A, new byte[0]);
				return this.server.server().traffic().closed(CloseReason.PACKET_TIMEOUT.code()) == 1;
			});
		}
	}

	@Test
	void withoutTheSettingNothingIsNegotiated() {
		start("raw", (it) -> it.compression(CompressionSettings.defaults()));
		try (RawWebSocketClient client = connect()) {
			assertThat(client.extensions()).isEmpty();
			client.sendFrame(0x81, bytes(LONG));
			assertThat(client.readTextMessage()).isEqualTo(LONG);
			client.sendFrame(0xC1, DeflatedMessage.deflate(bytes(LONG)));
			isClosed(client, 1002, "reserved bits");
		}
	}

}
