package io.nanogame.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.ProtobufSerializer;
import io.nanogame.serialize.RawSerializer;
import io.nanogame.serialize.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ClassUtils;

/**
 * The serializers of an app by name: its beans, and the built-in ones.
 */
final class Serializers {

	private static final String DEFAULT = "json";

	private final Map<String, Serializer> beans;

	private final Map<String, Supplier<Serializer>> known = new LinkedHashMap<>();

	Serializers(Map<String, Serializer> beans, JsonMapper mapper, @Nullable ClassLoader classLoader) {
		this.beans = beans;
		this.known.put(DEFAULT, () -> new JsonSerializer(mapper));
		this.known.put("raw", RawSerializer::new);
		if (ClassUtils.isPresent("com.google.protobuf.MessageLite", classLoader)) {
			this.known.put("protobuf", ProtobufSerializer::new);
		}
		beans.forEach((name, serializer) -> this.known.put(name, () -> serializer));
	}

	/**
	 * Returns the serializer of this app.
	 * @param name a name, or null for the app's only bean, else JSON
	 * @return the serializer
	 * @throws UnknownSerializerException when none or more than one matches
	 */
	Serializer select(@Nullable String name) {
		if (name == null && this.beans.size() > 1) {
			throw new UnknownSerializerException(null, this.beans.keySet());
		}
		if (name == null) {
			return this.beans.values().stream().findFirst().orElseGet(this.known.get(DEFAULT));
		}
		Supplier<Serializer> serializer = this.known.get(name);
		if (serializer == null) {
			throw new UnknownSerializerException(name, this.known.keySet());
		}
		return serializer.get();
	}

}
