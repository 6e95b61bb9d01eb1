package io.nanogame.net;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.nanogame.test.FuzzedStream;
import io.nanogame.test.Mutations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

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
		FuzzedServer server = new FuzzedServer();
		FuzzedClient hostile = server.connect(List.of("raw"));
		hostile.send(FuzzedInputs.UPGRADE);
		hostile.send(FuzzedStream.of(input).chunks());
		if (input.length % 2 == 0) {
			hostile.settle();
		}
		else {
			hostile.hangUp();
		}
		isCorrect(hostile.received());
		server.serves();
		hostile.hangUp();
		server.isEmpty(2);
	}

	private static void isCorrect(byte[] received) {
		String head = new String(received, StandardCharsets.ISO_8859_1);
		assertThat(head).startsWith("HTTP/1.1 101 ");
		ByteBuf in = Unpooled.wrappedBuffer(received).skipBytes(head.indexOf("\r\n\r\n") + 4);
		boolean closed = false;
		while (in.isReadable()) {
			assertThat(closed).as("bytes after the close frame").isFalse();
			int first = in.readUnsignedByte();
			assertThat(first).isIn(0x81, 0x82, 0x88, 0x8A);
			int length = in.readUnsignedByte();
			length = (length == 126) ? in.readUnsignedShort() : length;
			assertThat(length).isLessThanOrEqualTo(FuzzedServer.MAX_PACKET_LENGTH);
			ByteBuf payload = in.readSlice(length);
			assertThat(first != 0x81 || new Utf8Check().isValid(payload, 0, length)).isTrue();
			closed = first == 0x88;
		}
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
		List<byte[]> frames = new ArrayList<>();
		frames.add(FuzzedInputs.frame(0x01, new byte[0]));
		for (byte next : payload.length < 100 ? payload : new byte[9]) {
			frames.add(FuzzedInputs.frame(0x00, 0x01020304, new byte[] { next }));
			frames.add(FuzzedInputs.frame(0x89, new byte[0]));
		}
		frames.add(FuzzedInputs.frame(0x80, new byte[0]));
		frames.add(FuzzedInputs.frame(0x81, payload));
		return frames;
	}

}
