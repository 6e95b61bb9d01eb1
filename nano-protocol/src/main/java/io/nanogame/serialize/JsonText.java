package io.nanogame.serialize;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Bytes as JSON text. Thread-safe.
 */
final class JsonText {

	private static final JsonFactory JSON = new JsonFactory();

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private JsonText() {
	}

	/** Returns the bytes themselves if they are JSON text, else a string of base64. */
	static byte[] of(byte[] bytes) {
		return isJson(bytes) ? bytes : quoted(Base64.getEncoder().encode(bytes));
	}

	private static byte[] quoted(byte[] ascii) {
		byte[] text = new byte[ascii.length + 2];
		text[0] = '"';
		System.arraycopy(ascii, 0, text, 1, ascii.length);
		text[text.length - 1] = '"';
		return text;
	}

	/**
	 * Whether the bytes are exactly one value in UTF-8. Jackson would detect other
	 * encodings and accept some bytes that are not UTF-8, so it is given characters.
	 */
	static boolean isJson(byte[] bytes) {
		try {
			CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return chars.hasRemaining() && chars.get(0) != BYTE_ORDER_MARK && isOneValue(chars);
		}
		catch (CharacterCodingException | JacksonException ex) {
			return false;
		}
	}

	private static boolean isOneValue(CharBuffer chars) {
		int values = 0;
		int depth = 0;
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), chars.array(),
				chars.arrayOffset() + chars.position(), chars.remaining())) {
			while (values < 2 && parser.nextToken() != null) {
				depth += parser.currentToken().isStructStart() ? 1 : parser.currentToken().isStructEnd() ? -1 : 0;
				values += (depth == 0) ? 1 : 0;
			}
		}
		return values == 1;
	}

}
