package io.nanogame.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Converts text between UTF-8, as the JVM implements it, and the codec of the family's
 * browser clients, which encodes each UTF-16 unit separately in one to three bytes
 * (CESU-8): <pre>
 * U+1F600 in UTF-8         f0 9f 98 80
 * U+1F600 of that codec    ed a0 bd ed b8 80
 * U+1F600 in JSON          \ud83d\ude00         read by every client
 * </pre> Both forms are read, and JSON is written without characters above U+FFFF. Half a
 * pair is valid in neither form. Any thread.
 */
public final class WireText {

	/** The bytes of a character above U+FFFF in UTF-8, in CESU-8, and escaped in JSON. */
	private static final int UTF8_LENGTH = 4;

	private static final int PAIR_LENGTH = 6;

	private static final int ESCAPED_LENGTH = 12;

	/** The first byte of both halves of a pair. */
	private static final byte SURROGATE = (byte) 0xED;

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final int BLOCK = 4 * Long.BYTES;

	private static final long TOP_BITS = 0x8080_8080_8080_8080L;

	private WireText() {
	}

	/**
	 * Decodes text in either form.
	 * @param text the bytes
	 * @return the text; bytes that are valid in neither form become U+FFFD
	 */
	public static String decode(byte[] text) {
		return new String(toUtf8(text), StandardCharsets.UTF_8);
	}

	/**
	 * Replaces surrogate pairs of three bytes each by UTF-8. Valid UTF-8 has none.
	 * @param text the bytes
	 * @return the same array if there are no such pairs, else a new one; half a pair and
	 * other invalid bytes are left as they are
	 */
	public static byte[] toUtf8(byte[] text) {
		int pairs = 0;
		for (int at = nextPair(text, 0); at >= 0; at = nextPair(text, at + PAIR_LENGTH)) {
			pairs++;
		}
		return (pairs > 0) ? toUtf8(text, pairs) : text;
	}

	private static byte[] toUtf8(byte[] text, int pairs) {
		ByteBuffer utf8 = ByteBuffer.allocate(text.length - pairs * (PAIR_LENGTH - UTF8_LENGTH));
		int copied = 0;
		for (int at = nextPair(text, 0); at >= 0; at = nextPair(text, copied)) {
			utf8.put(text, copied, at - copied);
			writeUtf8(utf8, Character.toCodePoint(unit(text, at), unit(text, at + PAIR_LENGTH / 2)));
			copied = at + PAIR_LENGTH;
		}
		return utf8.put(text, copied, text.length - copied).array();
	}

	private static int nextPair(byte[] text, int start) {
		for (int i = start; i <= text.length - PAIR_LENGTH; i++) {
			if (text[i] == SURROGATE && isHalf(text, i, 0xA0) && isHalf(text, i + 3, 0xB0)) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * Returns whether the three bytes at an index are half a pair. The upper bits of the
	 * second byte are a0 for a high surrogate, b0 for a low one.
	 */
	private static boolean isHalf(byte[] text, int at, int second) {
		return text[at] == SURROGATE && (text[at + 1] & 0xF0) == second && isContinuation(text[at + 2]);
	}

	private static boolean isContinuation(byte next) {
		return (next & 0xC0) == 0x80;
	}

	private static char unit(byte[] text, int at) {
		return (char) (0xD000 | (text[at + 1] & 0x3F) << 6 | text[at + 2] & 0x3F);
	}

	private static void writeUtf8(ByteBuffer out, int codePoint) {
		out.put((byte) (0xF0 | codePoint >> 18));
		out.put((byte) (0x80 | codePoint >> 12 & 0x3F));
		out.put((byte) (0x80 | codePoint >> 6 & 0x3F));
		out.put((byte) (0x80 | codePoint & 0x3F));
	}

	/**
	 * Escapes the characters of JSON text that are above U+FFFF.
	 * @param json JSON in UTF-8
	 * @return the same array if there are no such characters, else a new one; invalid
	 * bytes are left as they are
	 */
	public static byte[] escapeJson(byte[] json) {
		if (!hasLeader(json)) {
			return json;
		}
		int above = 0;
		for (int at = nextAbove(json, 0); at >= 0; at = nextAbove(json, at + UTF8_LENGTH)) {
			above++;
		}
		return (above > 0) ? escapeJson(json, above) : json;
	}

	private static byte[] escapeJson(byte[] json, int above) {
		ByteBuffer escaped = ByteBuffer.allocate(json.length + above * (ESCAPED_LENGTH - UTF8_LENGTH));
		int copied = 0;
		for (int at = nextAbove(json, 0); at >= 0; at = nextAbove(json, copied)) {
			escaped.put(json, copied, at - copied);
			int codePoint = codePoint(json, at);
			writeEscaped(escaped, Character.highSurrogate(codePoint));
			writeEscaped(escaped, Character.lowSurrogate(codePoint));
			copied = at + UTF8_LENGTH;
		}
		return escaped.put(json, copied, json.length - copied).array();
	}

	/**
	 * Returns whether any byte is f0 or more, as the first of a sequence of four is. Most
	 * JSON has none, so the loop checks 32 bytes at a time, and examines only non-ASCII
	 * blocks more closely.
	 */
	private static boolean hasLeader(byte[] json) {
		int i = 0;
		for (; i <= json.length - BLOCK; i += BLOCK) {
			long one = (long) LONGS.get(json, i);
			long two = (long) LONGS.get(json, i + 8);
			long three = (long) LONGS.get(json, i + 16);
			long four = (long) LONGS.get(json, i + 24);
			if (((one | two | three | four) & TOP_BITS) != 0
					&& (leaders(one) | leaders(two) | leaders(three) | leaders(four)) != 0) {
				return true;
			}
		}
		if (json.length < Long.BYTES) {
			return hasLeaderAmongFew(json);
		}
		for (; i < json.length - Long.BYTES; i += Long.BYTES) {
			if (leaders((long) LONGS.get(json, i)) != 0) {
				return true;
			}
		}
		// The last eight bytes, of which some were looked at already.
		return leaders((long) LONGS.get(json, json.length - Long.BYTES)) != 0;
	}

	private static boolean hasLeaderAmongFew(byte[] json) {
		for (byte each : json) {
			if ((each & 0xF0) == 0xF0) {
				return true;
			}
		}
		return false;
	}

	/** Returns the top bit of each of eight bytes that is f0 or more. */
	private static long leaders(long bytes) {
		return bytes & bytes << 1 & bytes << 2 & bytes << 3 & TOP_BITS;
	}

	private static int nextAbove(byte[] json, int start) {
		for (int i = start; i <= json.length - UTF8_LENGTH; i++) {
			if (isAbove(json, i)) {
				return i;
			}
		}
		return -1;
	}

	private static boolean isAbove(byte[] json, int at) {
		if ((json[at] & 0xF8) != 0xF0 || !isContinuation(json[at + 1]) || !isContinuation(json[at + 2])
				|| !isContinuation(json[at + 3])) {
			return false;
		}
		return Character.isSupplementaryCodePoint(codePoint(json, at));
	}

	private static int codePoint(byte[] json, int at) {
		return (json[at] & 0x07) << 18 | (json[at + 1] & 0x3F) << 12 | (json[at + 2] & 0x3F) << 6 | json[at + 3] & 0x3F;
	}

	private static void writeEscaped(ByteBuffer out, char unit) {
		out.put((byte) '\\').put((byte) 'u');
		for (int shift = 12; shift >= 0; shift -= 4) {
			out.put((byte) Character.forDigit(unit >> shift & 0xF, 16));
		}
	}

}
