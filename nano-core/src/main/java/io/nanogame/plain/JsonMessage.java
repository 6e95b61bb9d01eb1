package io.nanogame.plain;

import java.util.Arrays;

import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ProtocolException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * A message of a client, or its handshake.
 *
 * @param route null when there is none
 * @param id 0 when no reply is expected
 * @param body the JSON text of any value; empty when there is none
 * @param handshake the JSON text of the handshake; null when this is a message
 */
record JsonMessage(@Nullable String route, long id, byte[] body, byte @Nullable [] handshake) {

	/** The largest integer that a JavaScript number represents exactly. */
	private static final long MAX_ID = (1L << 53) - 1;

	private static final int MAX_ROUTE = 255;

	private static final byte[] NO_BODY = {};

	/** A first byte of 0 must not change the encoding. */
	private static final JsonFactory JSON = JsonFactory.builder()
		.disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
		.build();

	/**
	 * Parses a message. Ignores unknown fields. Of duplicate fields the last one counts.
	 * @param text a JSON object
	 * @return the message, which does not refer to the text
	 * @throws ProtocolException when the text is not a message
	 */
	static JsonMessage parse(byte[] text) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
			JsonMessage message = parse(parser, text);
			if (message.route == null && message.handshake == null) {
				throw new ProtocolException(Reason.BAD_ROUTE);
			}
			return message;
		}
		catch (JacksonException ex) {
			throw new ProtocolException(Reason.BAD_JSON);
		}
	}

	private static JsonMessage parse(JsonParser parser, byte[] text) {
		String route = null;
		long id = 0;
		byte[] body = NO_BODY;
		byte[] handshake = null;
		parser.nextToken();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String field = parser.currentName();
			parser.nextToken();
			switch (field) {
				case "route" -> route = route(parser);
				case "id" -> id = id(parser);
				case "body" -> body = value(parser, text);
				case "handshake" -> handshake = value(parser, text);
				default -> parser.skipChildren();
			}
		}
		return new JsonMessage(route, id, body, handshake);
	}

	private static String route(JsonParser parser) {
		if (parser.currentToken() == JsonToken.VALUE_STRING) {
			String route = parser.getString();
			if (!route.isEmpty() && route.length() <= MAX_ROUTE) {
				return route;
			}
		}
		throw new ProtocolException(Reason.BAD_ROUTE);
	}

	private static long id(JsonParser parser) {
		JsonToken token = parser.currentToken();
		if (token == JsonToken.VALUE_NULL) {
			return 0;
		}
		if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
			long id = parser.getLongValue();
			if (id >= 1 && id <= MAX_ID) {
				return id;
			}
		}
		throw new ProtocolException(Reason.BAD_ID);
	}

	/** Returns the text of the current value, as received. */
	private static byte[] value(JsonParser parser, byte[] text) {
		int start = (int) parser.currentTokenLocation().getByteOffset();
		parser.skipChildren();
		parser.finishToken();
		return Arrays.copyOfRange(text, start, (int) parser.currentLocation().getByteOffset());
	}

	MessageType type() {
		return (this.id != 0) ? MessageType.REQUEST : MessageType.NOTIFY;
	}

}
