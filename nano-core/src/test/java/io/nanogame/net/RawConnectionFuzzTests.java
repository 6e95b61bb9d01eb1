package io.nanogame.net;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.nanogame.test.FuzzedStream;
import io.nanogame.test.Mutations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a raw WebSocket sends: the server sends correct frames, other clients are
 * served, and nothing remains of the client.
 */
class RawConnectionFuzzTests {

	private static final List<String> MESSAGES = List.of("", "text", "\u20ac\ud83d\ude00", "fail", "close", "push",
			"x".repeat(1999), "x".repeat(2001));

	@MethodSource("seeds")
	@FuzzTest
	void theServerKeepsServingAfterAnyBytes(byte[] input) {
		RawWebSocket.PLAIN.visit(input);
	}

	@Test
	void theServerKeepsServingAfterMutatedVisits() {
		Mutations.tryAll(seeds().toList(), 10_000, this::theServerKeepsServingAfterAnyBytes);
	}

	static Stream<byte[]> seeds() {
		return MESSAGES.stream()
			.flatMap((message) -> Stream.of(whole(message), fragments(message)))
			.map(FuzzedStream::input);
	}

	private static List<byte[]> whole(String message) {
		byte[] payload = message.getBytes(StandardCharsets.UTF_8);
		return List.of(FuzzedInputs.frame(0x81, payload), FuzzedInputs.frame(0x82, payload),
				FuzzedInputs.frame(0x89, new byte[3]), FuzzedInputs.frame(0x81, payload),
				FuzzedInputs.frame(0x88, new byte[] { 3, (byte) 0xE8, 'o', 'k' }));
	}

	private static List<byte[]> fragments(String message) {
		byte[] payload = message.getBytes(StandardCharsets.UTF_8);
		List<byte[]> frames = RawWebSocket.fragments(0x01, (payload.length < 100) ? payload : new byte[9]);
		frames.add(FuzzedInputs.frame(0x81, payload));
		return frames;
	}

}
