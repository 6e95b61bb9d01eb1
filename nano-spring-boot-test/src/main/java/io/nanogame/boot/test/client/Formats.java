package io.nanogame.boot.test.client;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

/** Formats payloads and durations for the messages of failing tests. */
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
