package io.nanogame.net;

import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.nanogame.test.FuzzedStream;
import io.nanogame.test.Mutations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever comes from a socket, up to the handlers and back: what the server sends can be
 * read, each request is answered, others are served, and nothing is left behind.
 */
class TcpConnectionFuzzTests {

	@MethodSource("seeds")
	@FuzzTest
	void theServerKeepsServingAfterAnyBytes(byte[] input) {
		FuzzedServer server = new FuzzedServer();
		FuzzedClient hostile = server.connect();
		hostile.send(FuzzedStream.of(input).chunks());
		server.survives(hostile, input.length % 2 == 0);
	}

	@Test
	void theServerKeepsServingAfterMutatedVisits() {
		Mutations.tryAll(seeds().toList(), 10_000, this::theServerKeepsServingAfterAnyBytes);
	}

	static Stream<byte[]> seeds() {
		return Stream.concat(FuzzedInputs.visits().map(FuzzedStream::input),
				Stream.of(FuzzedStream.input(List.of(FuzzedInputs.UPGRADE))));
	}

}
