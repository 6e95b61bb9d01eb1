package io.nanogame.serialize;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import io.nanogame.text.WireText;
import tools.jackson.databind.json.JsonMapper;

/**
 * No format at all: bodies are {@code byte[]}, or {@code String}, written in UTF-8 and
 * read as {@link WireText} does. Errors are JSON, because they have to be something.
 */
public final class RawSerializer implements Serializer {

	private static final byte[] NOTHING = {};

	private final Payloads errors = new Payloads(new JsonSerializer(JsonMapper.shared()));

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
	public PayloadWriter writer(Type type) {
		if (type instanceof Class<?> declared
				&& (declared.isAssignableFrom(String.class) || declared.isAssignableFrom(byte[].class))) {
			return this::serialize;
		}
		throw new IllegalArgumentException("The raw serializer writes byte[] and String, not " + type.getTypeName());
	}

	@Override
	public PayloadReader reader(Type type) {
		if (type == String.class) {
			return WireText::decode;
		}
		throw new IllegalArgumentException("The raw serializer reads byte[] and String, not " + type.getTypeName());
	}

	@Override
	public byte[] empty() {
		return NOTHING;
	}

	@Override
	public byte[] serializeError(ErrorBody error) {
		return this.errors.write(error);
	}

	@Override
	public ErrorBody deserializeError(byte[] body) {
		return this.errors.readError(body);
	}

}
