package io.nanogame.net;

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
 * Whatever comes from a WebSocket, frames that are none included: the same is true as for
 * {@link TcpConnectionFuzzTests a bare socket}.
 */
class WebSocketConnectionFuzzTests {

	@MethodSource("seeds")
	@FuzzTest
	void theServerKeepsServingAfterAnyBytes(byte[] input) {
		FuzzedServer server = new FuzzedServer();
		FuzzedClient hostile = server.connect();
		hostile.send(FuzzedInputs.UPGRADE);
		assertThat(hostile.output().statuses).containsExactly("HTTP/1.1 101 Switching Protocols");
		hostile.send(FuzzedStream.of(input).chunks());
		server.survives(hostile, input.length % 2 == 0);
	}

	@Test
	void theServerKeepsServingAfterMutatedVisits() {
		Mutations.tryAll(seeds().toList(), 10_000, this::theServerKeepsServingAfterAnyBytes);
	}

	static Stream<byte[]> seeds() {
		return FuzzedInputs.visits()
			.flatMap((visit) -> Stream.of(whole(visit), inFragments(visit)))
			.map(FuzzedStream::input);
	}

	/** A frame a chunk, and a close frame. */
	private static List<byte[]> whole(List<byte[]> visit) {
		List<byte[]> frames = new ArrayList<>();
		visit.forEach((chunk) -> frames.add(FuzzedInputs.frame(0x82, chunk)));
		frames.add(FuzzedInputs.frame(0x88, new byte[] { 3, (byte) 0xE8 }));
		return frames;
	}

	/** One message in fragments, with a ping behind each and a mask that hides. */
	private static List<byte[]> inFragments(List<byte[]> visit) {
		List<byte[]> frames = new ArrayList<>();
		for (int i = 0; i < visit.size(); i++) {
			frames.add(FuzzedInputs.frame((i == 0) ? 0x01 : 0x00, 0x01020304, visit.get(i)));
			frames.add(FuzzedInputs.frame(0x89, new byte[i]));
		}
		frames.add(FuzzedInputs.frame(0x80, new byte[0]));
		return frames;
	}

}
