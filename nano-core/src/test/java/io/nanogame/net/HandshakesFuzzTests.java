package io.nanogame.net;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.test.Mutations;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever stands in a handshake is answered once: the client is let in and served, or
 * told why not and closed.
 */
class HandshakesFuzzTests {

	/** Gives the client back what it said of its user, unless that has no name. */
	private static final HandshakeValidator NAMED = (handshake) -> {
		if (!handshake.request().user().has("name")) {
			throw new HandshakeRefusedException(501, "who are you?");
		}
		handshake.answerWith(handshake.request().user());
	};

	@MethodSource("seeds")
	@FuzzTest
	void aHandshakeReceivesOneReply(byte[] input) {
		if (input.length > FuzzedServer.MAX_PACKET_LENGTH) {
			return; // no handshake, but an error of the protocol
		}
		HandshakeRequest request = read(input);
		HandshakeResponse answer = answer(input, request != null);
		assertThat(answer.user()).isNull();
		boolean named = request != null && request.user().has("name");
		HandshakeResponse validated = answer(input, named, NAMED);
		assertThat(validated.user()).isEqualTo(named ? request.user() : null);
	}

	@Test
	void aMutatedHandshakeReceivesOneReply() {
		Mutations.tryAll(seeds().toList(), 10_000, this::aHandshakeReceivesOneReply);
	}

	private static @Nullable HandshakeRequest read(byte[] body) {
		try {
			return HandshakeRequest.parse(body);
		}
		catch (ProtocolException ex) {
			return null;
		}
	}

	private static HandshakeResponse answer(byte[] body, boolean letIn, HandshakeValidator... validators) {
		FuzzedServer server = new FuzzedServer(validators);
		FuzzedClient client = server.connect();
		client.send(FuzzedInputs.packet(PacketType.HANDSHAKE, body), FuzzedInputs.ACK,
				FuzzedInputs.request(1, "test.echo", "1"));
		client.settle();
		ServerOutput output = client.output();
		assertThat(output.handshakes).hasSize(1);
		HandshakeResponse answer = output.handshakes.get(0);
		assertThat(answer.isAccepted()).isEqualTo(letIn);
		assertThat(client.isClosed()).isEqualTo(!letIn);
		assertThat(output.answered()).isEqualTo(letIn ? List.of(1L) : List.of());
		assertThat(output.heartbeats).isEqualTo(letIn ? 1 : 0);
		assertThat(answer.dictionary().isEmpty()).isEqualTo(!letIn);
		client.hangUp();
		server.isEmpty(1);
		return answer;
	}

	static Stream<byte[]> seeds() {
		return Stream.of(
				"{\"sys\":{\"type\":\"js-websocket\",\"version\":\"0.0.1\",\"rsa\":{}},\"user\":{\"name\":\"ann\"}}",
				"{\"sys\":{\"platform\":\"mac\",\"libVersion\":\"0.3.5-release\"},\"user\":{\"name\":{\"a\":[1e300]}}}",
				"{\"sys\":{\"dictVersion\":\"0\",\"type\":\"js-ws\"}}", "{}", "")
			.map((json) -> json.getBytes(StandardCharsets.UTF_8));
	}

}
