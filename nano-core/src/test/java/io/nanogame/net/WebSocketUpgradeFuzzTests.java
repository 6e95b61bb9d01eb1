package io.nanogame.net;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.nanogame.test.FuzzedStream;
import io.nanogame.test.Mutations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever comes as an HTTP request is made a WebSocket or told why not, the same however
 * it is split; and the server keeps serving.
 */
class WebSocketUpgradeFuzzTests {

	@MethodSource("seeds")
	@FuzzTest
	void aRequestIsUpgradedOrFailsWithAnErrorResponse(byte[] input) {
		if (input.length == 0 || input[0] < 'A' || input[0] > 'Z') {
			return; // no HTTP
		}
		FuzzedStream stream = FuzzedStream.of(input);
		String answer = answer(List.of(stream.bytes()));
		assertThat(answer(stream.chunks())).isEqualTo(answer);
	}

	@Test
	void aMutatedRequestIsUpgradedOrFailsWithAnErrorResponse() {
		Mutations.tryAll(seeds().toList(), 10_000, this::aRequestIsUpgradedOrFailsWithAnErrorResponse);
	}

	/** The status of the answer; empty as long as the request is not whole. */
	private static String answer(List<byte[]> chunks) {
		FuzzedServer server = new FuzzedServer();
		FuzzedClient hostile = server.connect();
		hostile.send(chunks);
		hostile.settle();
		ServerOutput output = hostile.output();
		List<String> answers = new ArrayList<>(output.statuses);
		answers.remove("HTTP/1.1 100 Continue");
		assertThat(answers).hasSizeLessThanOrEqualTo(1);
		String answer = String.join("", answers);
		if (answer.startsWith("HTTP/1.1 4")) {
			assertThat(hostile.isClosed()).isTrue();
			assertThat(server.traffic().transports()).as("what became of a refused request").isEmpty();
		}
		else {
			assertThat(hostile.isClosed() && answer.isEmpty()).as("closed without a word").isFalse();
		}
		server.serves();
		hostile.hangUp();
		server.isEmpty(2);
		return answer;
	}

	static Stream<byte[]> seeds() {
		String upgrade = new String(FuzzedInputs.UPGRADE, StandardCharsets.US_ASCII);
		return Stream
			.of(upgrade, upgrade.replace("a=b", "a=%41&a=b%zz"),
					upgrade.replace("Host: x", "Host: x\r\nOrigin: http://x"),
					upgrade.replace("GET", "POST").replace("Host: x", "Content-Length: 5") + "12345" + upgrade,
					upgrade.replace("Host: x", "Transfer-Encoding: chunked\r\nExpect: 100-continue")
							+ "1\r\n\r\n0\r\n\r\n",
					upgrade.replace("Version: 13", "Version: 8"), "GET / HTTP/1.0\r\n\r\n", upgrade + upgrade,
					"GET / HTTP/1.1\r\n\r\n" + upgrade)
			.map((request) -> request.getBytes(StandardCharsets.US_ASCII))
			.flatMap((request) -> Stream.of(List.of(request),
					List.of(request, FuzzedInputs.frame(0x82, FuzzedInputs.ACK))))
			.map(FuzzedStream::input);
	}

}
