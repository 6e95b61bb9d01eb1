package io.nanogame.boot.test.client;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

import io.nanogame.serialize.Payloads;

/**
 * Reads and formats payloads, and formats durations for the messages of failing tests.
 */
final class Formats {

	private static final int MAX_LENGTH = 500;

	private Formats() {
	}

	static String of(byte[] body) {
		if (body.length == 0) {
			return "(empty)";
		}
		String text = textOrHex(body);
		return (text.length() <= MAX_LENGTH) ? text : text.substring(0, MAX_LENGTH) + "... (" + body.length + " bytes)";
	}

	/** Reads a payload. */
	static <T> T read(Payloads payloads, String what, byte[] body, Class<T> type) {
		try {
			return type.cast(payloads.reader(type).read(body));
		}
		catch (RuntimeException ex) {
			throw new AssertionError("%s cannot be read as %s (%s). It was %s".formatted(what, type.getSimpleName(),
					ex.getMessage(), of(body)), ex);
		}
	}

	private static String textOrHex(byte[] body) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
			boolean readable = text.codePoints()
				.noneMatch((c) -> Character.isISOControl(c) && !Character.isWhitespace(c));
			return readable ? text : hex(body);
		}
		catch (CharacterCodingException ex) {
			return hex(body);
		}
	}

	private static String hex(byte[] body) {
		return "0x" + HexFormat.of().formatHex(body);
	}

	static String of(Duration time) {
		return time.toString().substring(2).toLowerCase(Locale.ROOT);
	}

}
