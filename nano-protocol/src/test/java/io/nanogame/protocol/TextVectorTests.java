package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The test vectors for text: input in UTF-8 and in the codec of browser clients, and
 * output that both kinds of clients can read.
 */
class TextVectorTests {

	private static final Payloads PAYLOADS = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private static final RouteNames NAMES = new RouteNames(List.of("room.😀", "room.힣"));

	record Vector(JsonNode json) {

		byte[] bytes() {
			return HexFormat.of().parseHex(json.path("hex").stringValue());
		}

		String text() {
			return json.path("text").stringValue();
		}

		boolean is(String name) {
			return json.path(name).booleanValue(false);
		}

		MessageType type() {
			return MessageType.valueOf(json.path("type").stringValue().toUpperCase(Locale.ROOT));
		}

		String route() {
			return json.path("route").stringValue();
		}

		@Override
		public String toString() {
			return json.path("name").stringValue();
		}

	}

	private static Stream<Vector> of(String layer, String direction) {
		List<Vector> vectors = Vectors.read("/text-vectors.json")
			.path("vectors")
			.valueStream()
			.map(Vector::new)
			.filter((vector) -> vector.json().path("layer").stringValue().equals(layer))
			.filter((vector) -> vector.json().path("direction").stringValue().equals(direction))
			.toList();
		assertThat(vectors).isNotEmpty();
		return vectors.stream();
	}

	static Stream<Vector> bodiesIn() {
		return of("body", "in");
	}

	@ParameterizedTest
	@MethodSource("bodiesIn")
	void aBodyIsReadInBothForms(Vector vector) {
		PayloadReader reader = PAYLOADS.reader(String.class);
		if (vector.is("error")) {
			assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> reader.read(vector.bytes()));
		}
		else {
			assertThat(reader.read(vector.bytes())).isEqualTo(vector.text());
		}
	}

	static Stream<Vector> bodiesOut() {
		return of("body", "out");
	}

	@ParameterizedTest
	@MethodSource("bodiesOut")
	void aBodyIsWrittenForAllClients(Vector vector) {
		assertThat(bytes(PAYLOADS.write(vector.text()))).isEqualTo(bytes(vector.bytes()));
	}

	static Stream<Vector> routesIn() {
		return of("route", "in");
	}

	@ParameterizedTest
	@MethodSource("routesIn")
	void aRouteIsReadInBothForms(Vector vector) {
		ByteBuf in = Unpooled.wrappedBuffer(vector.bytes());
		Message message = new MessageDecoder(RouteDictionary.EMPTY, NAMES, 0).decode(in, in.readableBytes());
		assertThat(message.type()).isEqualTo(vector.type());
		if (vector.is("replaced")) {
			assertThat(message.route()).contains("\uFFFD");
		}
		else {
			assertThat(message.route()).isEqualTo(vector.route());
		}
	}

	static Stream<Vector> routesOut() {
		return of("route", "out");
	}

	@ParameterizedTest
	@MethodSource("routesOut")
	void aRouteIsWrittenInUtf8(Vector vector) {
		ByteBuf out = Unpooled.buffer();
		new MessageEncoder(RouteDictionary.EMPTY).encode(out, vector.type(), 1, vector.route(), new byte[] { '{', '}' },
				false, true);
		assertThat(out).isEqualTo(Unpooled.wrappedBuffer(vector.bytes()));
	}

	static Stream<Vector> handshakes() {
		return of("handshake", "in");
	}

	@ParameterizedTest
	@MethodSource("handshakes")
	void aHandshakeIsReadInBothForms(Vector vector) {
		if (vector.is("error")) {
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> HandshakeRequest.parse(vector.bytes()));
		}
		else {
			HandshakeRequest request = HandshakeRequest.parse(vector.bytes());
			assertThat(request.user().path("name").stringValue()).isEqualTo(vector.text());
			assertThat(request.user(Player.class)).isEqualTo(new Player(vector.text()));
			assertThat(HandshakeRequest.parse(request.toJson()).user()).isEqualTo(request.user());
		}
	}

	static Stream<Vector> repliesOut() {
		return of("answer", "out");
	}

	@ParameterizedTest
	@MethodSource("repliesOut")
	void aReplyIsWrittenForAllClients(Vector vector) {
		JsonNode user = Json.toTree(new Player(vector.text()));
		byte[] reply = HandshakeResponse.accepted(30, 0, "json", RouteDictionary.EMPTY, user)
			.toJson(ClientInfo.UNKNOWN);
		assertThat(bytes(reply)).contains("\"user\":" + bytes(vector.bytes()));
		assertThat(HandshakeResponse.parse(reply).user()).isEqualTo(user);
	}

	static Stream<Vector> repliesIn() {
		return of("answer", "in");
	}

	@ParameterizedTest
	@MethodSource("repliesIn")
	void aReplyIsReadInBothForms(Vector vector) {
		assertThat(HandshakeResponse.parse(vector.bytes()).user()).isEqualTo(Json.toTree(new Player(vector.text())));
	}

	static Stream<Vector> dictionaries() {
		return of("dictionary", "out");
	}

	@ParameterizedTest
	@MethodSource("dictionaries")
	void aDictionaryIsWrittenForAllClients(Vector vector) {
		RouteDictionary codes = RouteDictionary.of(Map.of(vector.text(), 1));
		byte[] reply = HandshakeResponse.accepted(30, 0, "json", codes, null).toJson(ClientInfo.UNKNOWN);
		assertThat(bytes(reply)).contains(bytes(vector.bytes()));
		assertThat(HandshakeResponse.parse(reply).dictionary()).isEqualTo(codes);
	}

	static Stream<Vector> kicksIn() {
		return of("kick", "in");
	}

	@ParameterizedTest
	@MethodSource("kicksIn")
	void aKickIsReadInBothForms(Vector vector) {
		assertThat(Kick.parse(vector.bytes()).reason()).isEqualTo(vector.text());
	}

	static Stream<Vector> kicksOut() {
		return of("kick", "out");
	}

	@ParameterizedTest
	@MethodSource("kicksOut")
	void aKickIsWrittenForAllClients(Vector vector) {
		assertThat(bytes(new Kick(vector.text(), false).toJson())).isEqualTo(bytes(vector.bytes()));
	}

	/** Converts bytes to text with one character per byte. */
	private static String bytes(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	record Player(String name) {
	}

}
