package io.nanogame.serialize;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Bytes as JSON text. Thread-safe.
 */
final class JsonText {

	private static final JsonFactory JSON = new JsonFactory();

	/** In characters, as Jackson limits numbers. */
	private static final int MAX_NUMBER_LENGTH = 1000;

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

	/**
	 * Decodes one value for a reader that is less strict: it would accept more than JSON,
	 * and numbers of any length, also as strings, in quadratic time.
	 * @throws SerializationException if the bytes are not exactly one value in UTF-8, or
	 * a number in it is too long
	 */
	static String value(byte[] bytes) {
		try {
			CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			if (isOneValue(chars) && !hasLongNumber(chars)) {
				return chars.toString();
			}
		}
		catch (CharacterCodingException | JacksonException ex) {
			throw new SerializationException("The body is not JSON", ex);
		}
		throw new SerializationException("The body is not one JSON value, or has a number that is too long", null);
	}

	private static JsonParser parser(CharBuffer chars) {
		return JSON.createParser(ObjectReadContext.empty(), chars.array(), chars.arrayOffset() + chars.position(),
				chars.remaining());
	}

	/** Jackson limits numbers that are not strings. */
	private static boolean hasLongNumber(CharBuffer chars) {
		if (chars.remaining() <= MAX_NUMBER_LENGTH) {
			return false;
		}
		try (JsonParser parser = parser(chars)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if ((token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME)
						&& parser.getStringLength() > MAX_NUMBER_LENGTH && isNumber(parser.getString())) {
					return true;
				}
			}
		}
		return false;
	}

	private static boolean isNumber(String text) {
		return text.chars().allMatch((character) -> Character.isDigit(character) || "+-.eE".indexOf(character) >= 0);
	}

	private static boolean isOneValue(CharBuffer chars) {
		int values = 0;
		int depth = 0;
		try (JsonParser parser = parser(chars)) {
			while (values < 2 && parser.nextToken() != null) {
				depth += parser.currentToken().isStructStart() ? 1 : parser.currentToken().isStructEnd() ? -1 : 0;
				values += (depth == 0) ? 1 : 0;
			}
		}
		return values == 1;
	}

}
