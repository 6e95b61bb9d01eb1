package io.nanogame.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.nanogame.protocol.RouteDictionary;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.route.Route;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Text of browser clients of the family, whose codec encodes a character above U+FFFF as
 * six bytes. The server reads such text everywhere, and sends text that these clients can
 * read.
 */
class TextEncodingTests {

	private static final String EMOJI = "a😀b";

	/** As that codec writes it. */
	private static final byte[] CESU8 = HexFormat.of().parseHex("61eda0bdedb88062");

	/** Half of it. */
	private static final byte[] HALF = HexFormat.of().parseHex("61eda0bd62");

	private static final String ESCAPED = "\"a\\ud83d\\ude00b\"";

	private final TestServer server = new TestServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	private static byte[] request(int id, byte[] route, byte[] body) {
		return RawClient.packet(RawPacket.DATA,
				concat(new byte[] { 0, (byte) id, (byte) route.length }, concat(route, body)));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] quoted(byte[] text) {
		return concat(concat(bytes("\""), text), bytes("\""));
	}

	private static byte[] concat(byte[] one, byte[] two) {
		ByteArrayOutputStream both = new ByteArrayOutputStream();
		both.writeBytes(one);
		both.writeBytes(two);
		return both.toByteArray();
	}

	private Route reading(String name) {
		return Route.of(name, Request::payload).reading(this.server.payloads.reader(String.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void bodiesAreReadInBothFormsAndSentAsEscapes(String transport) {
		this.server.route(reading("test.text")).start();
		try (RawClient client = this.server.connect(transport).handshake()) {
			client.send(request(1, bytes("test.text"), quoted(CESU8)));
			client.send(request(2, bytes("test.text"), quoted(bytes(EMOJI))));
			client.send(request(3, bytes("test.text"), bytes(ESCAPED)));
			assertThat(client.readResponse(1)).isEqualTo(ESCAPED);
			assertThat(client.readResponse(2)).isEqualTo(ESCAPED);
			assertThat(client.readResponse(3)).isEqualTo(ESCAPED);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void anUnpairedSurrogateIsRejectedInBytesAndAcceptedInEscapes(String transport) {
		this.server.route(reading("test.text")).start();
		try (RawClient client = this.server.connect(transport).handshake()) {
			client.send(request(1, bytes("test.text"), quoted(HALF)));
			client.send(request(2, bytes("test.text"), bytes("\"\\ud83d\"")));
			assertThat(client.readResponse(1)).contains("\"code\":400");
			assertThat(client.readResponse(2)).isEqualToIgnoringCase("\"\\ud83d\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void aRouteIsFoundInBothForms(String transport) {
		this.server.lane(EMOJI, Request::body).start();
		try (RawClient client = this.server.connect(transport).handshake()) {
			client.send(request(1, CESU8, bytes("1"))).send(request(2, bytes(EMOJI), bytes("2")));
			client.send(request(3, HALF, bytes("3")));
			assertThat(client.readResponse(1)).isEqualTo("1");
			assertThat(client.readResponse(2)).isEqualTo("2");
			assertThat(client.readResponse(3)).contains("\"code\":404");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void anErrorIsWrittenInEscapes(String transport) {
		this.server.lane("test.fail", (request) -> {
			throw new RequestException(409, EMOJI);
		}).start();
		try (RawClient client = this.server.connect(transport).handshake()) {
			assertThat(client.request(1, "test.fail", "").readResponse(1))
				.isEqualTo("{\"code\":409,\"msg\":" + ESCAPED + "}");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void handshakesAreReadInBothFormsAndSentAsEscapes(String transport) {
		this.server.dictionary(RouteDictionary.of(Map.of("on." + EMOJI, 1)))
			.with((builder) -> builder.handshakeValidators(List.of((handshake) -> handshake
				.answerWith(Map.of("name", handshake.request().user().path("name").stringValue())))))
			.start();
		for (byte[] name : List.of(CESU8, bytes(EMOJI))) {
			try (RawClient client = this.server.connect(transport)) {
				client.send(RawClient.packet(RawPacket.HANDSHAKE,
						concat(concat(bytes("{\"sys\":{},\"user\":{\"name\":"), quoted(name)), bytes("}}"))));
				assertThat(client.read().text()).contains("\"user\":{\"name\":" + ESCAPED + "}")
					.contains("\"dict\":{\"on.a\\ud83d\\ude00b\":1}");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void aRefusalAndAKickAreWrittenInEscapes(String transport) {
		this.server.lane("test.kick", (request) -> {
			request.session().kick(EMOJI);
			return null;
		}).with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			if (handshake.request().user().path("name").isMissingNode()) {
				throw new HandshakeRefusedException(500, EMOJI);
			}
		}))).start();
		try (RawClient client = this.server.connect(transport)) {
			client.send(RawClient.packet(RawPacket.HANDSHAKE, bytes("{}")));
			assertThat(client.read().text()).contains("\"msg\":" + ESCAPED);
		}
		try (RawClient client = this.server.connect(transport)) {
			client.handshake("{\"user\":{\"name\":\"ann\"}}");
			assertThat(client.request(1, "test.kick", "").readKick()).isEqualTo("{\"reason\":" + ESCAPED + "}");
		}
	}

}
