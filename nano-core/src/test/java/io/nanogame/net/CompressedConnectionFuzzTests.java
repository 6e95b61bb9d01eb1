package io.nanogame.net;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.nanogame.test.DeflatedMessage;
import io.nanogame.test.FuzzedStream;
import io.nanogame.test.Mutations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a WebSocket with compressed messages sends: the server sends correct frames,
 * other clients are served, and nothing remains of the client. Messages are echoed
 * however they are compressed, fragmented and split.
 */
class CompressedConnectionFuzzTests {

	private static final List<String> MESSAGES = List.of("", "text", "\u20ac\ud83d\ude00", "fail", "close", "push",
			"x".repeat(1999), "x".repeat(2001), "x".repeat(5000));

	@MethodSource("seeds")
	@FuzzTest
	void theServerKeepsServingAfterAnyBytes(byte[] input) {
		RawWebSocket.COMPRESSED.visit(input);
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
		byte[] payload = DeflatedMessage.deflate(message.getBytes(StandardCharsets.UTF_8));
		return List.of(FuzzedInputs.frame(0xC1, payload), FuzzedInputs.frame(0xC2, payload),
				FuzzedInputs.frame(0x89, new byte[3]),
				FuzzedInputs.frame(0xC1, DeflatedMessage.deflateToFinalBlock(message.getBytes(StandardCharsets.UTF_8))),
				FuzzedInputs.frame(0x81, new byte[20]),
				FuzzedInputs.frame(0x88, new byte[] { 3, (byte) 0xE8, 'o', 'k' }));
	}

	private static List<byte[]> fragments(String message) {
		return RawWebSocket.fragments(0x41, DeflatedMessage.deflate(message.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void anyMessagesAreEchoedHoweverTheyAreSent() {
		for (int seed = 0; seed < 500; seed++) {
			Random random = new Random(seed);
			List<byte[]> sent = new ArrayList<>();
			ByteBuf stream = Unpooled.buffer();
			for (int count = random.nextInt(8); count >= 0; count--) {
				byte[] message = message(random);
				sent.add(message);
				frames(random, message).forEach(stream::writeBytes);
			}
			FuzzedServer server = new FuzzedServer();
			FuzzedClient client = RawWebSocket.COMPRESSED.connect(server);
			while (stream.isReadable()) {
				int length = Math.min(stream.readableBytes(), 1 + random.nextInt(1 << random.nextInt(12)));
				client.send(ByteBufUtil.getBytes(stream.readSlice(length)));
			}
			client.settle();
			assertThat(RawWebSocket.COMPRESSED.messages(client)).as("seed %d", seed).containsExactlyElementsOf(sent);
			client.hangUp();
			server.isEmpty(1);
		}
	}

	private static byte[] message(Random random) {
		byte[] message = new byte[random.nextInt(FuzzedServer.MAX_PACKET_LENGTH)];
		if (random.nextBoolean()) {
			random.nextBytes(message);
		}
		else {
			for (int i = 0; i < message.length; i++) {
				message[i] = (byte) ('a' + random.nextInt(4));
			}
		}
		return message;
	}

	private static List<byte[]> frames(Random random, byte[] message) {
		int kind = random.nextInt(3);
		byte[] payload = switch (kind) {
			case 0 -> message;
			case 1 -> DeflatedMessage.deflate(message);
			default -> DeflatedMessage.deflateToFinalBlock(message);
		};
		// The payload of a compressed message may be longer by a few bytes.
		int first = (kind == 0) ? 2 : 0x42;
		List<byte[]> frames = new ArrayList<>();
		int from = 0;
		while (random.nextBoolean()) {
			int to = from + random.nextInt(payload.length - from + 1);
			frames.add(FuzzedInputs.frame(first, Arrays.copyOfRange(payload, from, to)));
			first = 0;
			from = to;
		}
		frames.add(FuzzedInputs.frame(0x80 | first, Arrays.copyOfRange(payload, from, payload.length)));
		return frames;
	}

}
