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
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a client of the protocol {@code json} sends: each line of the server is one
 * JSON object, each request is answered, others are served, and nothing is left behind.
 */
class JsonConnectionFuzzTests {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private static final List<String> ROUTES = List.of("test.echo", "test.fast", "test.later", "test.deferred",
			"test.refuse", "test.push", "test.join", "test.close", "test.kick", "test.typed", "no.such");

	private static final List<String> BODIES = List.of("{\"name\":\"ann\",\"age\":3,\"scores\":[0.5]}",
			"\"\\\"}\\u20ac\u20ac\ud83d\ude00\"", "[ {\r\n}, [] ]", "-1.5e3", "null");

	@MethodSource("seeds")
	@FuzzTest
	void theServerKeepsServingAfterAnyBytes(byte[] input) {
		FuzzedServer server = new FuzzedServer();
		FuzzedClient hostile = server.connect((input.length % 2 == 0) ? List.of("json") : List.of("json", "pomelo"));
		hostile.send(FuzzedStream.of(input).chunks());
		if (input.length % 4 < 2) {
			hostile.settle();
		}
		else {
			hostile.hangUp();
		}
		byte[] received = hostile.received();
		if (received.length > 0 && received[0] == '{') {
			isAnswered(server, hostile, received);
		}
		server.serves();
		hostile.hangUp();
		server.isEmpty(2);
	}

	private static void isAnswered(FuzzedServer server, FuzzedClient client, byte[] received) {
		String text = new String(received, StandardCharsets.UTF_8);
		assertThat(text).endsWith("\n");
		List<Long> answered = new ArrayList<>();
		for (String line : text.split("\n")) {
			JsonNode message = JSON.readTree(line);
			assertThat(message.isObject()).as(line).isTrue();
			if (message.has("id")) {
				answered.add(message.get("id").asLong());
			}
		}
		answered.sort(null);
		if (client.isClosed()) {
			assertThat(server.asked()).containsAll(answered);
		}
		else {
			assertThat(answered).isEqualTo(server.asked());
		}
	}

	@Test
	void theServerKeepsServingAfterMutatedVisits() {
		Mutations.tryAll(seeds().toList(), 10_000, this::theServerKeepsServingAfterAnyBytes);
	}

	static Stream<byte[]> seeds() {
		return Stream.of("", "{\"handshake\":{\"name\":\"ann\"}}\n")
			.flatMap((handshake) -> ROUTES.stream()
				.flatMap((route) -> BODIES.stream()
					.map((body) -> FuzzedStream.input(List.of(bytes(handshake), bytes(request(route, body)),
							bytes("{\"route\":\"" + route + "\"}"))))));
	}

	private static String request(String route, String body) {
		return "{\"route\":\"" + route + "\",\"id\":7,\"body\":" + body + "}\n";
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
