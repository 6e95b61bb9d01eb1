package io.nanogame.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.nanogame.protocol.ProtocolException.Reason;

/**
 * The position of the deflated data in a gzip member (RFC 1952), and the values of its
 * trailer. {@link java.util.zip.GZIPInputStream} is not used, because it ignores bytes
 * after the member.
 *
 * @param dataStart index of the first deflated byte
 * @param dataLength number of deflated bytes, if nothing follows the member
 * @param checksum CRC-32 of the inflated bytes
 * @param inflatedLength number of inflated bytes, modulo 2^32
 */
record GzipFrame(int dataStart, int dataLength, int checksum, int inflatedLength) {

	private static final int HEADER_LENGTH = 10;

	private static final int TRAILER_LENGTH = 8;

	private static final int DEFLATED = 8;

	private static final int HEADER_CHECKSUM = 0x02;

	private static final int EXTRA = 0x04;

	private static final int NAME = 0x08;

	private static final int COMMENT = 0x10;

	private static final int RESERVED = 0xE0;

	static boolean isGzip(byte[] packed) {
		return packed.length >= 2 && packed[0] == 0x1F && packed[1] == (byte) 0x8B;
	}

	static GzipFrame of(byte[] packed) {
		ByteBuffer in = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
		check(packed.length >= HEADER_LENGTH + TRAILER_LENGTH);
		int end = packed.length - TRAILER_LENGTH;
		in.limit(end);
		int flags = in.get(3);
		check(in.get(2) == DEFLATED && (flags & RESERVED) == 0);
		in.position(HEADER_LENGTH);
		skipOptionalFields(in, flags);
		int start = in.position();
		in.limit(packed.length);
		return new GzipFrame(start, end - start, in.getInt(end), in.getInt(end + 4));
	}

	private static void skipOptionalFields(ByteBuffer in, int flags) {
		if ((flags & EXTRA) != 0) {
			check(in.remaining() >= 2);
			skip(in, Short.toUnsignedInt(in.getShort()));
		}
		if ((flags & NAME) != 0) {
			skipText(in);
		}
		if ((flags & COMMENT) != 0) {
			skipText(in);
		}
		if ((flags & HEADER_CHECKSUM) != 0) {
			skip(in, 2);
		}
	}

	private static void skip(ByteBuffer in, int length) {
		check(in.remaining() >= length);
		in.position(in.position() + length);
	}

	private static void skipText(ByteBuffer in) {
		do {
			check(in.hasRemaining());
		}
		while (in.get() != 0);
	}

	private static void check(boolean legal) {
		if (!legal) {
			throw new ProtocolException(Reason.BAD_COMPRESSED_BODY);
		}
	}

}
