package io.nanogame.protocol;

import java.util.List;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import io.nanogame.protocol.Vectors.Vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MessageVectorTests {

	private final RouteDictionary dictionary = Vectors.dictionary();

	private final MessageDecoder decoder = new MessageDecoder(dictionary, new RouteNames(List.of("room.join", "房间.进入")),
			1024);

	private final MessageEncoder encoder = new MessageEncoder(dictionary);

	@Test
	void everyVectorHasALayerThatIsTested() {
		assertThat(Vectors.all()).hasSize(Vectors.count());
		assertThat(Vectors.ofLayer("message", "packet", "stream", "handshake")).hasSize(Vectors.count());
	}

	@ParameterizedTest
	@MethodSource("good")
	void aGoodMessageIsDecoded(Vector vector) {
		JsonNode expected = vector.decoded();
		ByteBuf in = Unpooled.wrappedBuffer(vector.bytes());
		Message message = decoder.decode(in, in.readableBytes());
		assertThat(message.type()).isEqualTo(type(expected));
		assertThat(Long.toUnsignedString(message.id())).isEqualTo(expected.path("id").asString());
		assertThat(message.route()).isEqualTo(expected.path("route").asString());
		assertThat(message.body()).isEqualTo(Vector.hex(expected.path("body").asString()));
		assertThat(message.error()).isEqualTo(expected.path("error").asBoolean());
		assertThat(in.isReadable()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("bad")
	void aBadMessageIsRefusedWithItsReason(Vector vector) {
		ByteBuf in = Unpooled.wrappedBuffer(vector.bytes());
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decoder.decode(in, in.readableBytes()))
			.withMessage(vector.error());
	}

	@ParameterizedTest
	@MethodSource("encodable")
	void aMessageIsEncodedAsByOtherEncoders(Vector vector) {
		JsonNode decoded = vector.decoded();
		Message message = new Message(type(decoded), Long.parseUnsignedLong(decoded.path("id").asString()),
				decoded.path("route").asString(), Vector.hex(decoded.path("body").asString()),
				decoded.path("error").asBoolean());
		ByteBuf out = Unpooled.buffer();
		encoder.encode(out, message, decoded.has("routeCode"));
		assertThat(ByteBufUtil.hexDump(out)).isEqualTo(vector.json().path("hex").asString());
	}

	static Stream<Vector> good() {
		return Vectors.ofLayer("message").filter((vector) -> vector.error().isEmpty());
	}

	static Stream<Vector> bad() {
		return Vectors.ofLayer("message").filter((vector) -> !vector.error().isEmpty());
	}

	static Stream<Vector> encodable() {
		return Vectors.ofLayer("message").filter(Vector::encodersAgree);
	}

	private static MessageType type(JsonNode message) {
		return MessageType.valueOf(message.path("type").asString().toUpperCase());
	}

}
