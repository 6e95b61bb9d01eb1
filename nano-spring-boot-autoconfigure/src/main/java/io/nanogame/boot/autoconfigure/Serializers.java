package io.nanogame.boot.autoconfigure;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.ProtobufSerializer;
import io.nanogame.serialize.RawSerializer;
import io.nanogame.serialize.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.ClassUtils;

/**
 * The serializers of an app by name: its beans, and the built-in ones.
 */
final class Serializers {

	private static final String KEY = "nano.serializer";

	private static final String ADDITIONAL_KEY = "nano.additional-serializers";

	private static final String DEFAULT = "json";

	private final Map<String, Serializer> candidates;

	private final List<String> additional;

	private final Map<String, Supplier<Serializer>> known = new LinkedHashMap<>();

	/**
	 * Creates the serializers of an app.
	 * @param beans the app's own, by the names of the beans
	 * @param additional the names of those that sessions can have besides the app's
	 * @param mapper writes JSON
	 * @param classLoader finds the library of protobuf
	 */
	Serializers(Map<String, Serializer> beans, List<String> additional, JsonMapper mapper,
			@Nullable ClassLoader classLoader) {
		this.candidates = new LinkedHashMap<>(beans);
		this.candidates.keySet().removeAll(additional);
		this.additional = additional;
		this.known.put(DEFAULT, () -> new JsonSerializer(mapper));
		this.known.put("raw", RawSerializer::new);
		if (ClassUtils.isPresent("com.google.protobuf.MessageLite", classLoader)) {
			this.known.put("protobuf", ProtobufSerializer::new);
		}
		beans.forEach((name, serializer) -> this.known.put(name, () -> serializer));
	}

	/**
	 * Returns the serializer of this app.
	 * @param name a name, or null for the app's only bean that is not additional, else
	 * JSON
	 * @return the serializer
	 * @throws UnknownSerializerException when none or more than one matches
	 */
	Serializer select(@Nullable String name) {
		if (name == null && this.candidates.size() > 1) {
			throw new UnknownSerializerException(KEY, null, this.candidates.keySet());
		}
		if (name == null) {
			return this.candidates.values().stream().findFirst().orElseGet(this.known.get(DEFAULT));
		}
		return find(KEY, name);
	}

	/**
	 * Returns the serializers that handshake validators can choose.
	 * @param own the serializer of this app
	 * @return the others
	 * @throws UnknownSerializerException when there is none of a name
	 * @throws InvalidConfigurationPropertyValueException when clients would know two
	 * serializers by the same name
	 */
	List<Serializer> additional(Serializer own) {
		List<Serializer> others = this.additional.stream().map((name) -> find(ADDITIONAL_KEY, name)).toList();
		Set<String> names = new HashSet<>(Set.of(own.name()));
		others.forEach((other) -> Checks.check(names.add(other.name()), ADDITIONAL_KEY, this.additional,
				"There would be two serializers that clients know as '%s'.".formatted(other.name())));
		return others;
	}

	private Serializer find(String key, String name) {
		Supplier<Serializer> serializer = this.known.get(name);
		if (serializer == null) {
			throw new UnknownSerializerException(key, name, this.known.keySet());
		}
		return serializer.get();
	}

}
