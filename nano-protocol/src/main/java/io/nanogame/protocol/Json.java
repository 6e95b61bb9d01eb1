package io.nanogame.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.nanogame.protocol.ProtocolException.Reason;
import io.nanogame.text.WireText;

/**
 * The JSON of handshake and kick. Reading is bounded by Jackson's limits: 500 levels deep
 * and 1000 digits a number. Text is read and written as {@link WireText} describes.
 */
final class Json {

	private static final JsonMapper MAPPER = new JsonMapper();

	private Json() {
	}

	static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

	static byte[] write(JsonNode node) {
		return WireText.escapeJson(MAPPER.writeValueAsBytes(node));
	}

	static JsonNode toTree(@Nullable Object value) {
		return MAPPER.valueToTree(value);
	}

	static ObjectNode read(byte[] json) {
		try {
			return object(MAPPER.readTree(json));
		}
		catch (JacksonException ex) {
			byte[] utf8 = WireText.toUtf8(json);
			if (utf8 != json) {
				return read(utf8);
			}
			throw new ProtocolException(Reason.BAD_HANDSHAKE);
		}
	}

	static <T> T userPart(byte[] json, Class<T> type) {
		try {
			return MAPPER.readValue(json, type);
		}
		catch (JacksonException ex) {
			throw new ProtocolException(Reason.BAD_USER_PART, ex);
		}
	}

	/**
	 * Returns the object in a field, or an empty one if the field is missing or null.
	 */
	static ObjectNode part(ObjectNode node, String name) {
		JsonNode part = node.path(name);
		return (part.isMissingNode() || part.isNull()) ? object() : object(part);
	}

	private static ObjectNode object(JsonNode node) {
		if (node instanceof ObjectNode object) {
			return object;
		}
		throw new ProtocolException(Reason.BAD_HANDSHAKE);
	}

}
