package io.nanogame.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.nanogame.test.FuzzedStream;
import io.nanogame.test.Mutations;
import io.nanogame.test.RawLengthIdClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a client of the protocol {@code length-id} sends: the server sends whole
 * packets, and replies in the order of the requests, others are served, and nothing is
 * left behind.
 */
class LengthIdConnectionFuzzTests {

	private static final int LAST_ID = FuzzedServer.ERROR_ID + 1;

	private static final List<String> BODIES = List.of("{\"name\":\"ann\"}", "", "null");

	/** The handlers that declare no result and return none. */
	private static final Set<Integer> SILENT = Set.of(id("test.push"), id("test.join"));

	private static final Set<Integer> PUSHES = Set.of(id("onPush"), id("onOther"));

	private static int id(String route) {
		return FuzzedServer.IDS.get(route).intValue();
	}

	@MethodSource("seeds")
	@FuzzTest
	void theServerKeepsServingAfterAnyBytes(byte[] input) {
		FuzzedServer server = new FuzzedServer();
		FuzzedClient hostile = server.connect(List.of("length-id"));
		List<byte[]> chunks = FuzzedStream.of(input).chunks();
		hostile.send(chunks);
		if (input.length % 4 < 2) {
			hostile.settle();
		}
		else {
			hostile.hangUp();
		}
		isAnswered(requests(chunks), hostile);
		server.serves();
		hostile.hangUp();
		server.isEmpty(2);
	}

	/** The ids of the complete packets before the first invalid one. */
	private static List<Integer> requests(List<byte[]> chunks) {
		ByteArrayOutputStream sent = new ByteArrayOutputStream();
		chunks.forEach(sent::writeBytes);
		return ids(sent.toByteArray());
	}

	private static List<Integer> ids(byte[] bytes) {
		ByteBuffer stream = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		List<Integer> ids = new ArrayList<>();
		while (stream.remaining() >= 8) {
			int length = stream.getInt();
			int id = stream.getInt();
			if (length < 0 || length > stream.remaining()) {
				return ids;
			}
			stream.position(stream.position() + length);
			ids.add(id);
		}
		return ids;
	}

	private static void isAnswered(List<Integer> requests, FuzzedClient client) {
		List<Integer> replies = ids(client.received()).stream().filter((id) -> !PUSHES.contains(id)).toList();
		List<Integer> expected = requests.stream().filter((id) -> !SILENT.contains(id)).toList();
		boolean closed = client.isClosed();
		int last = closed && !replies.isEmpty() ? replies.size() - 1 : replies.size();
		for (int i = 0; i < last; i++) {
			assertThat(replies.get(i)).as("%s to %s", replies, expected).isIn(expected.get(i), FuzzedServer.ERROR_ID);
		}
		if (!closed) {
			assertThat(replies).as("to %s", expected).hasSameSizeAs(expected);
		}
	}

	@Test
	void theServerKeepsServingAfterMutatedVisits() {
		Mutations.tryAll(seeds().toList(), 10_000, this::theServerKeepsServingAfterAnyBytes);
	}

	static Stream<byte[]> seeds() {
		return IntStream.rangeClosed(0, LAST_ID)
			.boxed()
			.flatMap((id) -> BODIES.stream()
				.map((body) -> FuzzedStream.input(List.of(packet(4, "{}"), packet(id, body), packet(1, "1")))));
	}

	private static byte[] packet(int id, String body) {
		return RawLengthIdClient.packet(id, body.getBytes(StandardCharsets.UTF_8));
	}

}
