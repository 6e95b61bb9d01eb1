package io.nanogame.protocol;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import io.nanogame.protocol.ProtocolException.Reason;
import io.nanogame.test.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Inflates any bytes as the JDK does, within the limit, or rejects them.
 */
class BodyInflaterFuzzTests {

	private static final int LIMIT = 2000;

	private final BodyInflater inflater = new BodyInflater(LIMIT);

	@MethodSource("seeds")
	@FuzzTest
	void bytesAreInflatedWithinTheLimitOrRefused(byte[] input) {
		inflatesOrRefuses(input);
		survives(input, deflated(input));
		survives(input, gzipped(input));
	}

	@Test
	void corruptBodiesAreInflatedOrRefused() {
		Mutations.tryAll(seeds().toList(), 10_000, this::bytesAreInflatedWithinTheLimitOrRefused);
	}

	private void inflatesOrRefuses(byte[] packed) {
		try {
			byte[] body = inflater.inflate(packed);
			assertThat(body).hasSizeLessThanOrEqualTo(LIMIT);
			if (!hasHeaderChecksum(packed)) {
				assertThat(body).isEqualTo(inflatedByTheJdk(packed));
			}
		}
		catch (ProtocolException ex) {
			assertThat(ex.reason()).isIn(Reason.BAD_COMPRESSED_BODY, Reason.INFLATED_BODY_TOO_LARGE);
		}
	}

	private void survives(byte[] body, byte[] packed) {
		try {
			assertThat(inflater.inflate(packed)).isEqualTo(body);
		}
		catch (ProtocolException ex) {
			assertThat(ex.reason()).isEqualTo(Reason.INFLATED_BODY_TOO_LARGE);
			assertThat(body).hasSizeGreaterThan(LIMIT);
		}
	}

	/** The JDK verifies the header's checksum, the inflater does not. */
	private static boolean hasHeaderChecksum(byte[] packed) {
		return GzipFrame.isGzip(packed) && (packed[3] & 0x02) != 0;
	}

	private static byte[] inflatedByTheJdk(byte[] packed) {
		try (InputStream raw = new ByteArrayInputStream(packed);
				InputStream in = GzipFrame.isGzip(packed) ? new GZIPInputStream(raw) : new InflaterInputStream(raw)) {
			return in.readNBytes(LIMIT + 1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] deflated(byte[] body) {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		return write(packed, new DeflaterOutputStream(packed), body);
	}

	private static byte[] gzipped(byte[] body) {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try {
			return write(packed, new GZIPOutputStream(packed), body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] write(ByteArrayOutputStream packed, OutputStream packer, byte[] body) {
		try (packer) {
			packer.write(body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return packed.toByteArray();
	}

	static Stream<byte[]> seeds() {
		byte[] small = "{\"name\":\"ann\"}".getBytes(StandardCharsets.UTF_8);
		byte[] large = "x".repeat(LIMIT).getBytes(StandardCharsets.UTF_8);
		byte[] tooLarge = "x".repeat(LIMIT + 1).getBytes(StandardCharsets.UTF_8);
		return Stream.of(small, large, tooLarge)
			.flatMap((body) -> Stream.of(deflated(body), gzipped(body), withAllFields(gzipped(body))));
	}

	/** Returns the same gzip member with all optional header fields. */
	private static byte[] withAllFields(byte[] gzip) {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		packed.write(gzip, 0, 3);
		packed.write(0x1F);
		packed.write(gzip, 4, 6);
		packed.writeBytes(new byte[] { 2, 0, 'e', 'x', 'n', 0, 'c', 0, 0, 0 });
		packed.write(gzip, 10, gzip.length - 10);
		return packed.toByteArray();
	}

}
