package io.nanogame.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import io.nanogame.protocol.Vectors.Vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PacketVectorTests {

	private static final int LIMIT = 65536;

	private final ReceivedPackets received = new ReceivedPackets(new PacketDecoder(LIMIT));

	@ParameterizedTest
	@MethodSource("all")
	void aStreamIsDecodedInOneRead(Vector vector) {
		receive(vector, List.of(vector.bytes()));
		assertThat(received.packets()).isEqualTo(expected(vector));
	}

	@ParameterizedTest
	@MethodSource("chunked")
	void aStreamIsDecodedInItsChunks(Vector vector) {
		receive(vector, vector.chunks());
		assertThat(received.packets()).isEqualTo(expected(vector));
	}

	@ParameterizedTest
	@MethodSource("all")
	void aStreamIsDecodedByteByByte(Vector vector) {
		byte[] bytes = vector.bytes();
		List<byte[]> single = new ArrayList<>();
		for (byte b : bytes) {
			single.add(new byte[] { b });
		}
		receive(vector, single);
		assertThat(received.packets()).isEqualTo(expected(vector));
	}

	@ParameterizedTest
	@MethodSource("small")
	void aStreamMayBeSplitAnywhere(Vector vector) {
		byte[] bytes = vector.bytes();
		for (int split = 0; split <= bytes.length; split++) {
			PacketVectorTests test = new PacketVectorTests();
			test.receive(vector, List.of(Arrays.copyOf(bytes, split), Arrays.copyOfRange(bytes, split, bytes.length)));
			assertThat(test.received.packets()).as("split at %d", split).isEqualTo(expected(vector));
		}
	}

	@ParameterizedTest
	@MethodSource("encodable")
	void aPacketIsEncodedAsByOtherEncoders(Vector vector) {
		ByteBuf out = Unpooled.buffer();
		vector.decoded()
			.path("packets")
			.forEach((packet) -> PacketEncoder.encode(out, PacketType.of(packet.path("type").asInt()), body(packet)));
		assertThat(ByteBufUtil.hexDump(out)).isEqualTo(vector.json().path("hex").asString());
	}

	private void receive(Vector vector, List<byte[]> chunks) {
		if (vector.error().isEmpty()) {
			chunks.forEach(received::receive);
		}
		else {
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> chunks.forEach(received::receive))
				.withMessage(vector.error());
		}
	}

	private static List<String> expected(Vector vector) {
		return vector.decoded()
			.path("packets")
			.valueStream()
			.map((packet) -> ReceivedPackets.line(PacketType.of(packet.path("type").asInt()), body(packet)))
			.toList();
	}

	private static byte[] body(JsonNode packet) {
		if (!packet.has("bodyLength")) {
			return Vector.hex(packet.path("body").asString());
		}
		byte[] body = new byte[packet.path("bodyLength").asInt()];
		Arrays.fill(body, (byte) 'a');
		return body;
	}

	static Stream<Vector> all() {
		return Vectors.ofLayer("packet", "stream", "handshake");
	}

	static Stream<Vector> chunked() {
		return all().filter((vector) -> !vector.chunks().isEmpty());
	}

	static Stream<Vector> small() {
		return all().filter((vector) -> vector.bytes().length < 1000);
	}

	static Stream<Vector> encodable() {
		return all().filter(Vector::encodersAgree);
	}

}
