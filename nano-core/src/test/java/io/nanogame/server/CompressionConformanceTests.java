package io.nanogame.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nanogame.connection.CompressionSettings;
import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.test.DeflatedMessage;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawWebSocketClient;
import io.nanogame.test.RawWebSocketClient.Frame;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Sections 12 and 13 of the Autobahn test suite for servers in a reduced form: ten
 * messages instead of a thousand for each length, and only the options that this server
 * accepts or declines.
 */
class CompressionConformanceTests {

	private static final int MESSAGES = 10;

	private static final int RSV1 = 0x40;

	private static final String ACCEPTED = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

	private static final byte[] TEXT = "{\"name\":\"\u00dcn\u00efc\u00f6de\",\"id\":4711,\"tags\":[1,2,3]},"
		.repeat(3000)
		.getBytes(StandardCharsets.UTF_8);

	private static final TestServer server = new TestServer();

	@BeforeAll
	static void start() {
		server.rawEcho()
			.settings(TestServer.settings((it) -> it.maxPacketLength(1 << 18)
				.maxInflateRate(Integer.MAX_VALUE)
				.compression(new CompressionSettings(Set.of(Method.PERMESSAGE_DEFLATE), 64))))
			.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	private static RawWebSocketClient connect(String offer) {
		return (RawWebSocketClient) RawClient.webSocket(server.port(), "/", "Sec-WebSocket-Extensions: " + offer);
	}

	/** Sends a message in fragments of so many bytes of its compressed payload. */
	private static void send(RawWebSocketClient client, int opcode, byte[] payload, int fragment) {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		for (int from = 0; from == 0 || from < payload.length; from += fragment) {
			int to = Math.min(payload.length, from + fragment);
			int first = ((from == 0) ? opcode | RSV1 : 0) | ((to == payload.length) ? 0x80 : 0);
			frames.writeBytes(RawWebSocketClient.frame(first, Arrays.copyOfRange(payload, from, to)));
		}
		client.sendBytes(frames.toByteArray());
	}

	private static byte[] message(int opcode, int length) {
		// A character of two bytes must not be split.
		return (opcode == 1)
				? new String(TEXT, 0, length, StandardCharsets.ISO_8859_1).replaceAll("[^\\x00-\\x7F]", "*")
					.getBytes(StandardCharsets.UTF_8)
				: Arrays.copyOf(TEXT, length);
	}

	private static void isEcho(Frame frame, int opcode, byte[] message) {
		if ((frame.first() & RSV1) != 0) {
			assertThat(frame.first()).isEqualTo(0x80 | RSV1 | opcode);
			assertThat(frame.payload()).hasSizeLessThan(message.length);
			assertThat(DeflatedMessage.inflate(frame.payload())).isEqualTo(message);
		}
		else {
			assertThat(message.length).as("messages from the threshold on are compressed").isLessThan(64);
			assertThat(frame.first()).isEqualTo(0x80 | opcode);
			assertThat(frame.payload()).isEqualTo(message);
		}
	}

	static Stream<Arguments> sizes() {
		int[] lengths = { 16, 64, 256, 1024, 4096, 8192, 16384, 32768, 65536, 131072 };
		int[] fragmented = { 8192, 16384, 32768, 65536, 131072, 8192, 16384, 32768 };
		int[] pieces = { 256, 512, 1024, 2048, 4096, 1, 16, 100 };
		return Stream.of(1, 2)
			.flatMap((opcode) -> Stream.concat(
					IntStream.range(0, lengths.length)
						.mapToObj((i) -> arguments("12.%d.%d".formatted(opcode, i + 1), opcode, lengths[i], 0)),
					IntStream.range(0, fragmented.length)
						.mapToObj((i) -> arguments("12.%d.%d".formatted(opcode, i + 11), opcode, fragmented[i],
								pieces[i]))));
	}

	@ParameterizedTest(name = "{0}: {2} bytes")
	@MethodSource("sizes")
	void compressedMessagesAreEchoedCompressed(String number, int opcode, int length, int fragment) {
		byte[] message = message(opcode, length);
		byte[] payload = DeflatedMessage.deflate(message);
		try (RawWebSocketClient client = connect("permessage-deflate")) {
			assertThat(client.extensions()).isEqualTo(ACCEPTED);
			for (int i = 0; i < MESSAGES; i++) {
				send(client, opcode, payload, (fragment == 0) ? Integer.MAX_VALUE / 2 : fragment);
				isEcho(client.receiveFrame(), opcode, message);
			}
		}
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|',
			textBlock = """
					13.1 | permessage-deflate                                                  | yes
					13.2 | permessage-deflate; client_no_context_takeover                      | yes
					13.2 | permessage-deflate; server_no_context_takeover                      | yes
					13.3 | permessage-deflate; client_max_window_bits                          | yes
					13.3 | permessage-deflate; client_max_window_bits=9                        | yes
					13.4 | permessage-deflate; server_max_window_bits=15                       | bits
					13.5 | permessage-deflate; server_max_window_bits=9                        | no
					13.6 | permessage-deflate; server_max_window_bits=9, permessage-deflate    | yes
					13.7 | permessage-deflate; client_max_window_bits; server_no_context_takeover; client_no_context_takeover | yes
					""")
	void anOfferIsAcceptedOrTheMessagesAreNotCompressed(String number, String offer, String accepted) {
		byte[] message = message(1, 4096);
		try (RawWebSocketClient client = connect(offer)) {
			String expected = accepted.equals("bits") ? ACCEPTED + "; server_max_window_bits=15"
					: accepted.equals("yes") ? ACCEPTED : "";
			assertThat(client.extensions()).isEqualTo(expected);
			for (int i = 0; i < MESSAGES; i++) {
				if (expected.isEmpty()) {
					client.sendFrame(0x81, message);
					assertThat(client.readTextMessage()).isEqualTo(new String(message, StandardCharsets.UTF_8));
				}
				else {
					send(client, 1, DeflatedMessage.deflate(message), Integer.MAX_VALUE / 2);
					isEcho(client.receiveFrame(), 1, message);
				}
			}
		}
	}

}
