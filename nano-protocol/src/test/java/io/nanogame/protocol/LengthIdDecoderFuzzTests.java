package io.nanogame.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.nanogame.protocol.LengthIdFormat.Counts;
import io.nanogame.protocol.ProtocolException.Reason;
import io.nanogame.test.FuzzedStream;
import io.nanogame.test.Mutations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any bytes are decoded to the same packets however they are split, in any format, and
 * incomplete ones occupy not more than four times their bytes. Packets that are written
 * again have the same bytes.
 */
class LengthIdDecoderFuzzTests {

	private static final int LIMIT = 300;

	private static final int MAX_UNREAD = 16;

	private static final List<LengthIdFormat> FORMATS = Stream.of(1, 2, 4)
		.flatMap((length) -> Stream.of(1, 2, 4)
			.flatMap((id) -> Stream.of(Counts.values())
				.flatMap((counts) -> Stream.of(true, false)
					.flatMap((idFirst) -> Stream.of(true, false)
						.map((bigEndian) -> new LengthIdFormat(idFirst, length, id, bigEndian, counts))))))
		.toList();

	/** The first byte selects the format. */
	@MethodSource("seeds")
	@FuzzTest
	void aStreamIsTheSamePacketsHoweverItIsSplit(byte[] input) {
		if (input.length == 0) {
			return;
		}
		LengthIdFormat format = FORMATS.get((input[0] & 0xFF) % FORMATS.size());
		FuzzedStream stream = FuzzedStream.of(Arrays.copyOfRange(input, 1, input.length));
		Outcome whole = decode(format, List.of(stream.bytes()));
		assertThat(decode(format, stream.chunks())).isEqualTo(whole);
		assertThat(decode(format, stream.singleBytes())).isEqualTo(whole);
		assertThat(whole.written).isEqualTo(Unpooled.wrappedBuffer(stream.bytes(), 0, whole.written.readableBytes()));
	}

	@Test
	void corruptStreamsAreTheSamePacketsHoweverTheyAreSplit() {
		Mutations.tryAll(seeds().toList(), 1_000, this::aStreamIsTheSamePacketsHoweverItIsSplit);
	}

	private static Outcome decode(LengthIdFormat format, List<byte[]> chunks) {
		LengthIdDecoder decoder = new LengthIdDecoder(format, LIMIT, MAX_UNREAD);
		List<String> packets = new ArrayList<>();
		ByteBuf out = Unpooled.buffer();
		ByteBuf in = Unpooled.buffer();
		int sent = 0;
		try {
			for (byte[] chunk : chunks) {
				in.writeBytes(chunk);
				sent += chunk.length;
				while (decoder.read(in)) {
					byte[] body = decoder.takeBody();
					assertThat(body).hasSizeLessThanOrEqualTo(LIMIT);
					packets.add(decoder.id() + " " + HexFormat.of().formatHex(body));
					format.write(out, decoder.id(), body);
				}
				isIncomplete(format, decoder, in, sent - out.readableBytes());
			}
			return new Outcome(packets, "", out);
		}
		catch (ProtocolException ex) {
			assertThat(ex.reason()).isIn(Reason.BAD_LENGTH, Reason.PACKET_TOO_LARGE);
			return new Outcome(packets, ex.getMessage(), out);
		}
	}

	private static void isIncomplete(LengthIdFormat format, LengthIdDecoder decoder, ByteBuf in, int received) {
		assertThat(decoder.consumed() + in.readableBytes()).isEqualTo(received);
		assertThat(in.readableBytes()).isLessThan(format.headerLength() + MAX_UNREAD);
		assertThat(decoder.capacity()).isLessThanOrEqualTo(4 * received);
		assertThat(decoder.announcedLength(in)).satisfiesAnyOf((length) -> assertThat(length).isZero(),
				(length) -> assertThat(length).isGreaterThan(received));
	}

	static Stream<byte[]> seeds() {
		return IntStream.range(0, FORMATS.size()).mapToObj((i) -> {
			ByteBuf seed = Unpooled.buffer();
			for (int length : List.of(0, 1, MAX_UNREAD, 40, 200)) {
				FORMATS.get(i).write(seed, length, new byte[length]);
			}
			byte[] stream = new byte[seed.readableBytes()];
			seed.readBytes(stream);
			byte[] input = FuzzedStream
				.input(List.of(Arrays.copyOf(stream, 60), Arrays.copyOfRange(stream, 60, stream.length)));
			return Unpooled.buffer().writeByte(i).writeBytes(input).capacity(1 + input.length).array();
		});
	}

	private record Outcome(List<String> packets, String error, ByteBuf written) {
	}

}
