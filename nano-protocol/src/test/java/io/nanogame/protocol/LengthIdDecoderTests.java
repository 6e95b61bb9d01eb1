package io.nanogame.protocol;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.nanogame.protocol.LengthIdFormat.Counts;
import io.nanogame.protocol.ProtocolException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of packets of a length, an id and a body, and of the memory of incomplete ones,
 * which is counted in bytes.
 */
class LengthIdDecoderTests {

	private static final int MEGABYTE = 1024 * 1024;

	private static final int LARGE = 100 * MEGABYTE;

	static Stream<LengthIdFormat> formats() {
		return Stream.of(true, false)
			.flatMap((bigEndian) -> Stream.of(new LengthIdFormat(false, 4, 4, bigEndian, Counts.BODY),
					new LengthIdFormat(true, 2, 1, bigEndian, Counts.ID_AND_BODY),
					new LengthIdFormat(true, 4, 2, bigEndian, Counts.PACKET)));
	}

	@ParameterizedTest
	@MethodSource("formats")
	void packetsAreReadHoweverTheStreamIsSplit(LengthIdFormat format) {
		ByteBuf stream = Unpooled.buffer();
		format.write(stream, 7, new byte[] { 1, 2, 3 });
		format.write(stream, format.maxId(), new byte[0]);
		format.write(stream, 0, new byte[300]);
		for (int step = 1; step <= stream.readableBytes(); step++) {
			assertThat(read(format, stream.duplicate(), step)).as("in steps of %d bytes", step)
				.containsExactly("7 [1, 2, 3]", format.maxId() + " []", "0 " + Arrays.toString(new byte[300]));
		}
	}

	private static List<String> read(LengthIdFormat format, ByteBuf stream, int step) {
		LengthIdDecoder decoder = new LengthIdDecoder(format, 1000);
		ByteBuf received = Unpooled.buffer();
		List<String> packets = new ArrayList<>();
		while (stream.isReadable()) {
			received.writeBytes(stream, Math.min(step, stream.readableBytes()));
			while (decoder.read(received)) {
				packets.add(decoder.id() + " " + Arrays.toString(decoder.takeBody()));
			}
		}
		return packets;
	}

	@Test
	void theLengthIsTheFirstNumberInLittleEndianByDefault() {
		ByteBuf packet = Unpooled.buffer();
		LengthIdFormat.defaults().write(packet, 258, new byte[] { 9 });
		assertThat(packet).isEqualTo(Unpooled.wrappedBuffer(new byte[] { 1, 0, 0, 0, 2, 1, 0, 0, 9 }));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1001, Integer.MAX_VALUE, Integer.MIN_VALUE, -1 })
	void aLengthAboveTheMaximumIsRejectedWithItsHeader(int length) {
		LengthIdDecoder decoder = new LengthIdDecoder(LengthIdFormat.defaults(), 1000);
		ByteBuf header = Unpooled.buffer().writeIntLE(length).writeIntLE(1);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decoder.read(header))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.PACKET_TOO_LARGE));
		assertThat(decoder.capacity()).isZero();
	}

	@Test
	void anIncompleteBodyOccupiesAtMostFourTimesItsReceivedBytes() {
		LengthIdDecoder decoder = new LengthIdDecoder(LengthIdFormat.defaults(), LARGE);
		ByteBuf in = Unpooled.buffer().writeIntLE(LARGE).writeIntLE(7);
		byte[] body = new byte[LARGE];
		new Random(1).nextBytes(body);
		int sent = 0;
		while (!decoder.read(in)) {
			assertThat(decoder.announcedLength(in)).isEqualTo(8 + LARGE);
			assertThat(decoder.consumed() + in.readableBytes()).isEqualTo(8 + sent);
			assertThat(in.readableBytes()).isLessThan(8 + MEGABYTE);
			assertThat((long) decoder.capacity()).isLessThanOrEqualTo(Math.min(LARGE, 4L * sent));
			in.discardReadBytes().writeBytes(body, sent, 64 * 1024);
			sent += 64 * 1024;
		}
		assertThat(decoder.id()).isEqualTo(7);
		assertThat(Arrays.equals(decoder.takeBody(), body)).isTrue();
		assertThat(decoder.consumed()).isZero();
	}

	/** One quarter, one sixteenth and so on are released while it grows. */
	@ParameterizedTest
	@ValueSource(ints = { 17 * MEGABYTE, 64 * MEGABYTE, LARGE, LARGE + 1 })
	void anIncompleteBodyAllocatesNotMoreThanAThirdBesidesItsLength(int length) {
		LengthIdDecoder decoder = new LengthIdDecoder(LengthIdFormat.defaults(), length);
		ByteBuf in = Unpooled.buffer(2 * MEGABYTE).writeIntLE(length).writeIntLE(7);
		byte[] chunk = new byte[64 * 1024];
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int sent = 0; !decoder.read(in); sent += chunk.length) {
			in.discardReadBytes().writeBytes(chunk, 0, Math.min(chunk.length, length - sent));
		}
		long allocated = threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(allocated).isBetween((long) length, (long) length / 3 * 4 + MEGABYTE);
	}

	@Test
	void fiftyAnnouncedBodiesOccupyNothingUntilTheyAreSent() {
		List<LengthIdDecoder> decoders = Stream
			.generate(() -> new LengthIdDecoder(LengthIdFormat.defaults(), 16 * MEGABYTE))
			.limit(50)
			.toList();
		for (LengthIdDecoder decoder : decoders) {
			assertThat(decoder.read(Unpooled.buffer().writeIntLE(16 * MEGABYTE).writeIntLE(1).writeByte(0))).isFalse();
		}
		assertThat(decoders).allMatch((decoder) -> decoder.capacity() == 0);
	}

	@Test
	void aReleasedDecoderOccupiesNothing() {
		LengthIdDecoder decoder = new LengthIdDecoder(LengthIdFormat.defaults(), LARGE);
		decoder.read(Unpooled.buffer().writeIntLE(LARGE).writeIntLE(1).writeZero(2 * MEGABYTE));
		assertThat(decoder.capacity()).isPositive();
		decoder.release();
		assertThat(decoder.capacity()).isZero();
	}

}
