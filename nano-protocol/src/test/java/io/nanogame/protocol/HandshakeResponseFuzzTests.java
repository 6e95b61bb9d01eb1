package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import io.nanogame.protocol.ProtocolException.Reason;
import io.nanogame.test.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes from a hostile server: any bytes are parsed as a reply or rejected, and any bytes
 * are parsed as a kick.
 */
class HandshakeResponseFuzzTests {

	@MethodSource("seeds")
	@FuzzTest
	void bytesAreAnAnswerThatSurvivesTheWireOrRefused(byte[] input) {
		assertThat(Kick.parse(input)).isNotNull();
		HandshakeResponse response;
		try {
			response = HandshakeResponse.parse(input);
		}
		catch (ProtocolException ex) {
			assertThat(ex.reason()).isEqualTo(Reason.BAD_HANDSHAKE);
			return;
		}
		assertThat(response.heartbeatSeconds()).isNotNegative();
		HandshakeResponse again = HandshakeResponse.parse(withoutUser(response).toJson(ClientInfo.UNKNOWN));
		assertThat(again.code()).isEqualTo(response.code());
		if (response.isAccepted()) {
			assertThat(again.heartbeatSeconds()).isEqualTo(response.heartbeatSeconds());
			assertThat(again.serverTime()).isEqualTo(response.serverTime());
			assertThat(again.serializer()).isEqualTo(response.serializer());
			assertThat(again.dictionary()).isEqualTo(response.dictionary());
		}
		else {
			assertThat(again.message()).isEqualTo(response.message());
		}
	}

	/**
	 * Removes the user part, whose field names may be written to JSON that cannot be read
	 * again.
	 */
	private static HandshakeResponse withoutUser(HandshakeResponse it) {
		return new HandshakeResponse(it.code(), it.message(), it.heartbeatSeconds(), it.serverTime(), it.serializer(),
				it.dictionary(), null);
	}

	@Test
	void corruptRepliesAreReadOrRefused() {
		Mutations.tryAll(seeds().toList(), 10_000, this::bytesAreAnAnswerThatSurvivesTheWireOrRefused);
	}

	static Stream<byte[]> seeds() {
		return Stream
			.of("{\"code\":200,\"sys\":{\"heartbeat\":30,\"servertime\":1795211565,\"serializer\":\"json\","
					+ "\"dict\":{\"room.join\":1,\"a.b\":65535}},\"user\":{\"name\":\"ann\"}}",
					"{\"code\":200,\"sys\":{\"heartbeat\":0.5,\"servertime\":1e15,\"useDict\":true,"
							+ "\"routeToCode\":{\"é\":2},\"codeToRoute\":{\"2\":\"é\"}}}",
					"{\"code\":501,\"msg\":\"client too old\",\"sys\":{}}", "{\"reason\":\"slow\",\"reconnect\":true}")
			.map((json) -> json.getBytes(StandardCharsets.UTF_8));
	}

}
