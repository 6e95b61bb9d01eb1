package io.nanogame.protocol;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.nanogame.protocol.ProtocolException.Reason;

/**
 * Inflates message bodies. The output buffer grows with the inflated bytes, up to a
 * limit. A length announced by the peer is never trusted.
 */
final class BodyInflater {

	private static final int FIRST_STEP = 512;

	/**
	 * Some virtual machines cannot allocate longer arrays.
	 */
	private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

	private final int maxLength;

	BodyInflater(int maxLength) {
		if (maxLength < 0) {
			throw new IllegalArgumentException("The maximum inflated length must not be negative: " + maxLength);
		}
		this.maxLength = Math.min(maxLength, MAX_ARRAY - 1);
	}

	byte[] inflate(byte[] packed) {
		return GzipFrame.isGzip(packed) ? inflateGzip(packed) : inflate(packed, 0, packed.length, false);
	}

	private byte[] inflateGzip(byte[] packed) {
		GzipFrame frame = GzipFrame.of(packed);
		byte[] body = inflate(packed, frame.dataStart(), frame.dataLength(), true);
		CRC32 checksum = new CRC32();
		checksum.update(body);
		if ((int) checksum.getValue() != frame.checksum() || body.length != frame.inflatedLength()) {
			throw bad();
		}
		return body;
	}

	private byte[] inflate(byte[] packed, int offset, int length, boolean raw) {
		Inflater inflater = new Inflater(raw);
		try {
			inflater.setInput(packed, offset, length);
			byte[] body = drain(inflater);
			if (inflater.getRemaining() > 0) {
				throw bad();
			}
			return body;
		}
		catch (DataFormatException ex) {
			throw bad();
		}
		finally {
			inflater.end();
		}
	}

	private byte[] drain(Inflater inflater) throws DataFormatException {
		byte[] out = new byte[(int) Math.min(FIRST_STEP, maxLength + 1L)];
		int size = 0;
		while (!inflater.finished()) {
			if (size == out.length) {
				out = Arrays.copyOf(out, (int) Math.min(2L * size, maxLength + 1L));
			}
			int more = inflater.inflate(out, size, out.length - size);
			size += more;
			check(size, more > 0 || inflater.finished());
		}
		return Arrays.copyOf(out, size);
	}

	/**
	 * The buffer holds one byte more than the limit, to distinguish a body of exactly the
	 * maximum length from a longer one.
	 */
	private void check(int size, boolean progress) {
		if (size > maxLength) {
			throw new ProtocolException(Reason.INFLATED_BODY_TOO_LARGE);
		}
		if (!progress) {
			throw bad();
		}
	}

	private static ProtocolException bad() {
		return new ProtocolException(Reason.BAD_COMPRESSED_BODY);
	}

}
