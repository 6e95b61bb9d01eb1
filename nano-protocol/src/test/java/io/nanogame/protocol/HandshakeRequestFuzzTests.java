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
 * Any bytes are parsed as a handshake or rejected. A handshake is unchanged after it has
 * been written and read again.
 */
class HandshakeRequestFuzzTests {

	@MethodSource("seeds")
	@FuzzTest
	void bytesAreAHandshakeThatSurvivesTheWireOrRefused(byte[] input) {
		HandshakeRequest request;
		try {
			request = HandshakeRequest.parse(input);
		}
		catch (ProtocolException ex) {
			assertThat(ex.reason()).isEqualTo(Reason.BAD_HANDSHAKE);
			return;
		}
		assertThat(request.user().isObject()).isTrue();
		ClientInfo client = request.client();
		for (String part : new String[] { client.type(), client.version(), client.platform(), client.libVersion(),
				client.dictVersion() }) {
			assertThat(part).hasSizeLessThanOrEqualTo(ClientInfo.MAX_LENGTH);
		}
		HandshakeRequest again = HandshakeRequest.parse(request.toJson());
		assertThat(again.client()).isEqualTo(client);
		assertThat(again.user()).isEqualTo(request.user());
		assertThat(again.toJson()).isEqualTo(request.toJson());
	}

	@Test
	void corruptHandshakesAreReadOrRefused() {
		Mutations.tryAll(seeds().toList(), 10_000, this::bytesAreAHandshakeThatSurvivesTheWireOrRefused);
	}

	static Stream<byte[]> seeds() {
		return Stream.of(
				"{\"sys\":{\"type\":\"js-websocket\",\"version\":\"0.0.1\",\"rsa\":{}},\"user\":{\"name\":\"ann\"}}",
				"{\"sys\":{\"type\":7,\"version\":0.5,\"platform\":\"mac\",\"libVersion\":\"0.3.5-release\"},\"user\":null}",
				"{\"sys\":{\"dictVersion\":\"\\u00e9\\ud83d\\ude00\"},\"user\":{\"a\":[1,2.5,1e300,true,null,{\"b\":\"\"}]}}",
				"{\"sys\":{\"version\":\"" + "é".repeat(70) + "\"}}", "{}", "")
			.map((json) -> json.getBytes(StandardCharsets.UTF_8));
	}

}
