package io.nanogame.protocol;

import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import io.nanogame.protocol.Vectors.Vector;

import static org.assertj.core.api.Assertions.assertThat;

class HandshakeVectorTests {

	@ParameterizedTest
	@MethodSource("requests")
	void aClientsHandshakeIsRead(Vector vector) {
		HandshakeRequest request = HandshakeRequest.parse(body(vector));
		JsonNode sys = json(vector).path("sys");
		ClientInfo client = request.client();
		assertThat(client.type()).isEqualTo(sys.path("type").asString());
		assertThat(client.version()).isEqualTo(sys.path("version").asString());
		assertThat(client.platform()).isEqualTo(sys.path("platform").asString());
		assertThat(client.libVersion()).isEqualTo(sys.path("libVersion").asString());
		assertThat(client.dictVersion()).isEqualTo(sys.path("dictVersion").asString());
		assertThat(request.user()).isEqualTo(Json.part(Json.read(body(vector)), "user"));
	}

	@ParameterizedTest
	@MethodSource("requests")
	void aClientsHandshakeIsWrittenAgain(Vector vector) {
		HandshakeRequest request = HandshakeRequest.parse(body(vector));
		HandshakeRequest again = HandshakeRequest.parse(request.toJson());
		assertThat(again.client()).isEqualTo(request.client());
		assertThat(again.user()).isEqualTo(request.user());
	}

	@ParameterizedTest
	@MethodSource("replies")
	void aServersReplyIsRead(Vector vector) {
		HandshakeResponse response = HandshakeResponse.parse(body(vector));
		JsonNode json = json(vector);
		JsonNode sys = json.path("sys");
		assertThat(response.code()).isEqualTo(json.path("code").asInt());
		assertThat(response.isAccepted()).isEqualTo(json.path("code").asInt() == 200);
		assertThat(response.heartbeatSeconds()).isEqualTo(sys.path("heartbeat").asInt(0));
		assertThat(response.serverTime()).isEqualTo(sys.path("servertime").asLong(0));
		assertThat(response.serializer()).isEqualTo(sys.path("serializer").asString());
		assertThat(response.dictionary().asMap()).hasSameSizeAs(sys.path("dict").properties());
		sys.path("dict")
			.forEachEntry((route, code) -> assertThat(response.dictionary().code(route)).isEqualTo(code.asInt()));
		assertThat(response.user()).isEqualTo(json.get("user"));
	}

	private static byte[] body(Vector vector) {
		byte[] packet = vector.bytes();
		return Arrays.copyOfRange(packet, PacketDecoder.HEADER_LENGTH, packet.length);
	}

	private static JsonNode json(Vector vector) {
		return vector.decoded().path("json");
	}

	static Stream<Vector> requests() {
		return from("client");
	}

	static Stream<Vector> replies() {
		return from("server");
	}

	private static Stream<Vector> from(String side) {
		return Vectors.ofLayer("handshake")
			.filter((vector) -> vector.decoded().path("direction").asString().equals(side));
	}

}
