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
 * A message of a client, its handshake, or a frame of a session that can be resumed. Of
 * the fields of several kinds, those of the first one in this order count.
 *
 * @param handshake the JSON text of the handshake; null when this is none
 * @param resume the JSON text of the request to resume, beside the handshake; null when
 * there is none
 * @param route the route of a message; null when this is none
 * @param id 0 when no reply is expected
 * @param body the JSON text of any value; empty when there is none
 * @param acknowledged the number of frames that the client has received, negative when it
 * is impossible; null when this is no acknowledgement
 * @param leaves whether the client ends its session
 */
record JsonMessage(byte @Nullable [] handshake, byte @Nullable [] resume, @Nullable String route, long id, byte[] body,
		@Nullable Long acknowledged, boolean leaves) {

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
	 * @throws ProtocolException when the text is not a JSON object, or one of its fields
	 * is invalid
	 */
	static JsonMessage parse(byte[] text) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
			return parse(parser, text);
		}
		catch (JacksonException ex) {
			throw new ProtocolException(Reason.BAD_JSON);
		}
	}

	private static JsonMessage parse(JsonParser parser, byte[] text) {
		byte[] handshake = null;
		byte[] resume = null;
		String route = null;
		long id = 0;
		byte[] body = NO_BODY;
		Long acknowledged = null;
		boolean leaves = false;
		parser.nextToken();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String field = parser.currentName();
			JsonToken value = parser.nextToken();
			switch (field) {
				case "handshake" -> handshake = value(parser, text);
				case "resume" -> resume = resume(parser, text);
				case "route" -> route = route(parser);
				case "id" -> id = id(parser);
				case "body" -> body = value(parser, text);
				case "ack" -> acknowledged = count(parser);
				case "close" -> {
					leaves = value == JsonToken.VALUE_TRUE;
					parser.skipChildren();
				}
				default -> parser.skipChildren();
			}
		}
		return new JsonMessage(handshake, resume, route, id, body, acknowledged, leaves);
	}

	/** Clients that cannot resume may have a field of their own with this name. */
	private static byte @Nullable [] resume(JsonParser parser, byte[] text) {
		if (parser.currentToken() == JsonToken.START_OBJECT) {
			return value(parser, text);
		}
		parser.skipChildren();
		return null;
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
		if (isLong(parser)) {
			long id = parser.getLongValue();
			if (id >= 1 && id <= MAX_ID) {
				return id;
			}
		}
		throw new ProtocolException(Reason.BAD_ID);
	}

	/** Not rejected here, because other sessions ignore the field in messages. */
	private static long count(JsonParser parser) {
		long count = isLong(parser) ? parser.getLongValue() : -1;
		parser.skipChildren();
		return count;
	}

	private static boolean isLong(JsonParser parser) {
		return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
				&& parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
	}

	/** Returns the text of the current value, as received. */
	private static byte[] value(JsonParser parser, byte[] text) {
		int start = (int) parser.currentTokenLocation().getByteOffset();
		parser.skipChildren();
		parser.finishToken();
		return Arrays.copyOfRange(text, start, (int) parser.currentLocation().getByteOffset());
	}

	/** Returns whether this is a message, which counts in a session. */
	boolean isNumbered() {
		return this.route != null && this.handshake == null;
	}

	MessageType type() {
		return (this.id != 0) ? MessageType.REQUEST : MessageType.NOTIFY;
	}

}
