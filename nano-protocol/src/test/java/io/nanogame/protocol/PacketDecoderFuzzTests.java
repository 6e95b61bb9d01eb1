package io.nanogame.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import io.nanogame.protocol.ProtocolException.Reason;
import io.nanogame.test.FuzzedStream;
import io.nanogame.test.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any bytes are decoded to the same packets however they are split, up to the first
 * invalid byte. Packets that are written again have the same bytes.
 */
class PacketDecoderFuzzTests {

	private static final int LIMIT = 300;

	private final PacketDecoder decoder = new PacketDecoder(LIMIT);

	@MethodSource("seeds")
	@FuzzTest
	void aStreamIsTheSamePacketsHoweverItIsSplit(byte[] input) {
		FuzzedStream stream = FuzzedStream.of(input);
		Outcome whole = decode(List.of(stream.bytes()), 1);
		assertThat(decode(stream.chunks(), 1)).isEqualTo(whole);
		assertThat(decode(stream.singleBytes(), 1)).isEqualTo(whole);
		assertThat(decode(stream.chunks(), 2)).as("packets taken one by one").isEqualTo(whole);
		assertThat(written(stream.bytes(), whole)).isTrue();
	}

	@Test
	void corruptStreamsAreTheSamePacketsHoweverTheyAreSplit() {
		Mutations.tryAll(seeds().toList(), 10_000, this::aStreamIsTheSamePacketsHoweverItIsSplit);
	}

	/**
	 * Decodes as a connection does. The handler pauses after every n-th packet.
	 */
	private Outcome decode(List<byte[]> chunks, int pauseAfter) {
		List<String> packets = new ArrayList<>();
		ByteBuf out = Unpooled.buffer();
		PacketHandler handler = (type, body, length) -> {
			assertThat(length).isBetween(0, LIMIT);
			byte[] bytes = new byte[length];
			body.readBytes(bytes);
			packets.add(ReceivedPackets.line(type, bytes));
			PacketEncoder.encode(out, type, bytes);
			return packets.size() % pauseAfter == 0;
		};
		ByteBuf in = Unpooled.buffer();
		try {
			for (byte[] chunk : chunks) {
				in.writeBytes(chunk);
				int before;
				do {
					before = in.readerIndex();
					decoder.decode(in, handler);
				}
				while (in.readerIndex() > before);
			}
			return new Outcome(packets, "", out);
		}
		catch (ProtocolException ex) {
			assertThat(ex.reason()).isIn(Reason.INVALID_PACKET_TYPE, Reason.PACKET_TOO_LARGE);
			return new Outcome(packets, ex.getMessage(), out);
		}
	}

	private static boolean written(byte[] stream, Outcome outcome) {
		int length = outcome.written.readableBytes();
		return outcome.written.equals(Unpooled.wrappedBuffer(stream, 0, length));
	}

	static Stream<byte[]> seeds() {
		return Vectors.streams();
	}

	private record Outcome(List<String> packets, String error, ByteBuf written) {
	}

}
