package io.nanogame.serialize;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * No format at all: bodies are {@code byte[]}, or {@code String} in UTF-8. Errors are
 * JSON, because they have to be something.
 */
public final class RawSerializer implements Serializer {

	private static final byte[] NOTHING = {};

	private final JsonMapper errors = JsonMapper.shared();

	@Override
	public String name() {
		return "raw";
	}

	@Override
	public byte[] serialize(Object value) {
		if (value instanceof String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		throw new SerializationException(
				"The raw serializer writes byte[] and String, not " + value.getClass().getName(), null);
	}

	@Override
	public PayloadReader reader(Type type) {
		if (type == String.class) {
			return (body) -> new String(body, StandardCharsets.UTF_8);
		}
		throw new IllegalArgumentException("The raw serializer reads byte[] and String, not " + type.getTypeName());
	}

	@Override
	public byte[] empty() {
		return NOTHING;
	}

	@Override
	public byte[] serializeError(ErrorBody error) {
		return this.errors.writeValueAsBytes(error);
	}

	@Override
	public ErrorBody deserializeError(byte[] body) {
		try {
			return this.errors.readValue(body, ErrorBody.class);
		}
		catch (JacksonException ex) {
			throw new SerializationException("The body is no error", ex);
		}
	}

}
