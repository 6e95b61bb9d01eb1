package io.nanogame.serialize;

import java.lang.reflect.Type;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by Jackson, the family's default. An empty body reads as <code>{}</code>, because
 * many clients send nothing where they have nothing to say.
 */
public final class JsonSerializer implements Serializer {

	private static final byte[] EMPTY_OBJECT = { '{', '}' };

	private final JsonMapper mapper;

	public JsonSerializer(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public String name() {
		return "json";
	}

	@Override
	public byte[] serialize(Object value) {
		try {
			return this.mapper.writeValueAsBytes(value);
		}
		catch (JacksonException ex) {
			throw new SerializationException("Not writable as JSON: " + value.getClass().getName(), ex);
		}
	}

	@Override
	public PayloadReader reader(Type type) {
		ObjectReader reader = this.mapper.readerFor(this.mapper.constructType(type));
		return (body) -> read(reader, body);
	}

	private static Object read(ObjectReader reader, byte[] body) {
		try {
			return reader.readValue((body.length == 0) ? EMPTY_OBJECT : body);
		}
		catch (InvalidDefinitionException ex) {
			// The developer's mistake, not the client's: no body would do.
			throw new IllegalStateException("Jackson cannot build what a handler takes", ex);
		}
		catch (JacksonException ex) {
			throw new SerializationException("The body is not the JSON this route expects", ex);
		}
	}

	@Override
	public byte[] empty() {
		return EMPTY_OBJECT;
	}

}
