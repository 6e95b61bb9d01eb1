package io.nanogame.serialize;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by Jackson, the family's default. An empty body reads as <code>{}</code>, because
 * many clients send nothing where they have nothing to say.
 */
public final class JsonSerializer implements Serializer {

	private static final byte[] EMPTY_OBJECT = { '{', '}' };

	private final JsonMapper mapper;

	private final JsonTypes types;

	/** Of types that were found to be readable. */
	private final Map<JavaType, PayloadReader> readers = new ConcurrentHashMap<>();

	public JsonSerializer(JsonMapper mapper) {
		this.mapper = mapper;
		this.types = new JsonTypes(mapper);
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

	/**
	 * A container is written as it is declared, so that its elements keep the names of
	 * their types; anything else so only if it is precisely of the declared class,
	 * because a subclass may have more to write.
	 */
	@Override
	public PayloadWriter writer(Type type) {
		JavaType declared = this.mapper.constructType(type);
		if (declared.isJavaLangObject()) {
			return this::serialize;
		}
		this.types.checkWritable(declared);
		Class<?> raw = declared.getRawClass();
		boolean container = declared.isContainerType() || Iterable.class.isAssignableFrom(raw);
		ObjectWriter writer = this.mapper.writerFor(declared);
		return (value) -> {
			boolean asDeclared = container ? raw.isInstance(value) : raw == value.getClass();
			return asDeclared ? write(writer, value) : serialize(value);
		};
	}

	private static byte[] write(ObjectWriter writer, Object value) {
		try {
			return writer.writeValueAsBytes(value);
		}
		catch (JacksonException ex) {
			throw new SerializationException("Not writable as JSON: " + value.getClass().getName(), ex);
		}
	}

	@Override
	public PayloadReader reader(Type type) {
		return this.readers.computeIfAbsent(this.mapper.constructType(type), this::checkedReader);
	}

	private PayloadReader checkedReader(JavaType type) {
		this.types.checkReadable(type);
		ObjectReader reader = this.mapper.readerFor(type);
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
