package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import io.nanogame.protocol.Vectors.Vector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session that is cut and resumed, in bytes for makers of clients.
 */
class ResumeVectorTests {

	private static final JsonNode FILE = Vectors.read("/resume-vectors.json");

	@Test
	void theFileIsComplete() {
		assertThat(all()).hasSize(FILE.path("count").asInt());
	}

	@ParameterizedTest
	@MethodSource("all")
	void everyVectorIsOnePacket(Vector vector) {
		byte[] packet = vector.bytes();
		assertThat(PacketType.of(packet[0])).isNotNull();
		assertThat((packet[1] & 0xFF) << 16 | (packet[2] & 0xFF) << 8 | packet[3] & 0xFF)
			.isEqualTo(packet.length - PacketDecoder.HEADER_LENGTH);
	}

	@ParameterizedTest
	@MethodSource("requests")
	void aHandshakeIsReadAndWritten(Vector vector) {
		HandshakeRequest request = HandshakeRequest.parse(body(vector));
		ResumeRequest resume = request.resume();
		assertThat(resume).isNotNull();
		assertThat(resume.isResume()).isEqualTo(vector.json().has("received"));
		assertThat(resume.received()).isEqualTo(vector.json().path("received").asLong(0));
		assertThat(request.toJson()).asString(StandardCharsets.UTF_8)
			.isEqualTo(new String(body(vector), StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@MethodSource("replies")
	void aReplyIsReadAndWritten(Vector vector) {
		ResumeReply reply = ResumeReply.parse(body(vector));
		assertThat(reply).isNotNull();
		assertThat(reply.received()).isEqualTo(vector.json().path("received").asLong(0));
		assertThat(new String(body(vector), StandardCharsets.UTF_8))
			.endsWith(",\"resume\":" + new String(reply.toJson(), StandardCharsets.UTF_8) + "}}");
	}

	@ParameterizedTest
	@MethodSource("heartbeats")
	void aHeartbeatIsReadAndWritten(Vector vector) {
		long received = vector.json().path("received").asLong();
		assertThat(Acknowledgement.packet(received)).isEqualTo(vector.bytes());
		assertThat(Acknowledgement.read(Unpooled.wrappedBuffer(body(vector)), Acknowledgement.LENGTH))
			.isEqualTo(received);
	}

	/** A packet that was lost is sent again with its number and its bytes. */
	@Test
	void theCountsAreThoseOfThePacketsThatHaveArrived() {
		Map<String, Integer> arrived = new HashMap<>(Map.of("client", 0, "server", 0));
		Map<String, List<Vector>> lost = Map.of("client", new ArrayList<>(), "server", new ArrayList<>());
		for (Vector vector : all().toList()) {
			String from = vector.json().path("from").asString();
			String other = from.equals("client") ? "server" : "client";
			int number = vector.json().path("number").asInt(0);
			if (vector.json().path("lost").asBoolean(false)) {
				lost.get(from).add(vector);
			}
			else if (number > 0) {
				assertThat(arrived.merge(from, 1, Integer::sum)).as(vector.toString()).isEqualTo(number);
				lost.get(from).removeIf((former) -> Arrays.equals(former.bytes(), vector.bytes()));
			}
			else if (vector.json().has("received")) {
				assertThat(vector.json().path("received").asInt()).as(vector.toString()).isEqualTo(arrived.get(other));
			}
		}
		assertThat(lost.values()).allSatisfy((packets) -> assertThat(packets).isEmpty());
	}

	private static byte[] body(Vector vector) {
		byte[] packet = vector.bytes();
		return Arrays.copyOfRange(packet, PacketDecoder.HEADER_LENGTH, packet.length);
	}

	static Stream<Vector> all() {
		return FILE.path("vectors").valueStream().map(Vector::new);
	}

	static Stream<Vector> requests() {
		return of(PacketType.HANDSHAKE, "client");
	}

	static Stream<Vector> replies() {
		return of(PacketType.HANDSHAKE, "server");
	}

	static Stream<Vector> heartbeats() {
		return Stream.concat(of(PacketType.HEARTBEAT, "client"), of(PacketType.HEARTBEAT, "server"));
	}

	private static Stream<Vector> of(PacketType type, String from) {
		return all()
			.filter((vector) -> vector.bytes()[0] == type.code() && vector.json().path("from").asString().equals(from));
	}

}
