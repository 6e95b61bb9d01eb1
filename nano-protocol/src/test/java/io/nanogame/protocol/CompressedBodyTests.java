package io.nanogame.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.nanogame.protocol.ProtocolException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CompressedBodyTests {

	private static final int LIMIT = 10_000;

	private static final byte[] BODY = "{\"list\":[1,2,3,4,5,6]}".repeat(20).getBytes(StandardCharsets.UTF_8);

	private final MessageDecoder decoder = new MessageDecoder(RouteDictionary.EMPTY, new RouteNames(List.of()), LIMIT);

	@ParameterizedTest
	@MethodSource("formats")
	void aBodyIsInflated(Format format) {
		assertThat(inflate(format.compress(BODY))).isEqualTo(BODY);
	}

	@ParameterizedTest
	@MethodSource("formats")
	void anEmptyBodyIsInflated(Format format) {
		assertThat(inflate(format.compress(new byte[0]))).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("formats")
	void aBodyAsLongAsTheLimitIsInflated(Format format) {
		assertThat(inflate(format.compress(new byte[LIMIT]))).hasSize(LIMIT);
	}

	@ParameterizedTest
	@MethodSource("formats")
	void aBodyOneByteLongerIsRefused(Format format) {
		refused(format.compress(new byte[LIMIT + 1]), Reason.INFLATED_BODY_TOO_LARGE);
	}

	@ParameterizedTest
	@MethodSource("formats")
	void aBombIsRefusedAtTheLimit(Format format) {
		byte[] bomb = format.compress(new byte[60_000_000]);
		assertThat(bomb).hasSizeLessThan(65_536);
		refused(bomb, Reason.INFLATED_BODY_TOO_LARGE);
	}

	@ParameterizedTest
	@MethodSource("formats")
	void aTruncatedBodyIsRefused(Format format) {
		byte[] packed = format.compress(BODY);
		for (int length = 0; length < packed.length; length++) {
			refused(Arrays.copyOf(packed, length), Reason.BAD_COMPRESSED_BODY);
		}
	}

	@ParameterizedTest
	@MethodSource("formats")
	void trailingBytesAreRefused(Format format) {
		byte[] packed = format.compress(BODY);
		refused(Arrays.copyOf(packed, packed.length + 1), Reason.BAD_COMPRESSED_BODY);
		refused(concat(packed, packed), Reason.BAD_COMPRESSED_BODY);
	}

	@ParameterizedTest
	@MethodSource("formats")
	void aWrongChecksumIsRefused(Format format) {
		byte[] packed = format.compress(BODY);
		packed[packed.length - format.checksumFromEnd] ^= 1;
		refused(packed, Reason.BAD_COMPRESSED_BODY);
	}

	@Test
	void aDecoderWithoutInflationRefusesCompressedBodiesByTheirHead() {
		MessageDecoder plain = new MessageDecoder(RouteDictionary.EMPTY, new RouteNames(List.of()), 0);
		ByteBuf in = Unpooled.wrappedBuffer(new byte[] { 0x10 | 2, 1, 'a', 1, 2, 3 });
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> plain.decode(in, 6))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.COMPRESSED_BODY));
		in.readerIndex(0).setByte(0, 2);
		assertThat(plain.decode(in, 6).body()).containsExactly(1, 2, 3);
	}

	@Test
	void aGzipBodyMayHaveAllOptionalFields() {
		byte[] packed = Format.GZIP.compress(BODY);
		packed[3] = 0x1F;
		byte[] fields = { 3, 0, 'e', 'x', 't', 'n', 0, 'c', 0, 1, 2 };
		byte[] header = concat(Arrays.copyOf(packed, 10), fields);
		assertThat(inflate(concat(header, Arrays.copyOfRange(packed, 10, packed.length)))).isEqualTo(BODY);
	}

	@Test
	void aGzipBodyWhoseFieldsNeverEndIsRefused() {
		for (int flags : new int[] { 0x04, 0x08, 0x10 }) {
			byte[] packed = new byte[30];
			Arrays.fill(packed, (byte) 0x7F);
			byte[] header = { 0x1F, (byte) 0x8B, 8, (byte) flags };
			System.arraycopy(header, 0, packed, 0, header.length);
			refused(packed, Reason.BAD_COMPRESSED_BODY);
		}
	}

	@Test
	void aGzipBodyWithUnknownFlagsOrMethodIsRefused() {
		byte[] flags = Format.GZIP.compress(BODY);
		flags[3] = (byte) 0x20;
		refused(flags, Reason.BAD_COMPRESSED_BODY);
		byte[] method = Format.GZIP.compress(BODY);
		method[2] = 7;
		refused(method, Reason.BAD_COMPRESSED_BODY);
	}

	@Test
	void aBodyWithAPresetDictionaryIsRefused() {
		Deflater deflater = new Deflater();
		deflater.setDictionary(BODY);
		deflater.setInput(BODY);
		deflater.finish();
		byte[] packed = new byte[200];
		int length = deflater.deflate(packed);
		deflater.end();
		refused(Arrays.copyOf(packed, length), Reason.BAD_COMPRESSED_BODY);
	}

	@Test
	void aNegativeLimitIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new MessageDecoder(RouteDictionary.EMPTY, new RouteNames(List.of()), -1));
	}

	@Test
	void theHighestLimitMeansNoLimit() {
		BodyInflater inflater = new BodyInflater(Integer.MAX_VALUE);
		assertThat(inflater.inflate(Format.ZLIB.compress(BODY))).isEqualTo(BODY);
	}

	private byte[] inflate(byte[] packed) {
		ByteBuf in = Unpooled.wrappedBuffer(new byte[] { 0x12, 1, 'a' }, packed);
		return decoder.decode(in, in.readableBytes()).body();
	}

	private void refused(byte[] packed, Reason reason) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> inflate(packed))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(reason));
	}

	private static byte[] concat(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	static Stream<Format> formats() {
		return Stream.of(Format.values());
	}

	enum Format {

		ZLIB(1), GZIP(5);

		private final int checksumFromEnd;

		Format(int checksumFromEnd) {
			this.checksumFromEnd = checksumFromEnd;
		}

		byte[] compress(byte[] body) {
			ByteArrayOutputStream packed = new ByteArrayOutputStream();
			try (OutputStream out = (this == ZLIB) ? new DeflaterOutputStream(packed) : new GZIPOutputStream(packed)) {
				out.write(body);
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
			return packed.toByteArray();
		}

	}

}
