package io.nanogame.spring.room;

import java.lang.reflect.Type;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of states as JSON. Thread-safe.
 */
final class StateMapper {

	private final JsonMapper mapper;

	/**
	 * Creates a mapper.
	 * @param mapper the mapper of the application, whose modules it has
	 */
	StateMapper(JsonMapper mapper) {
		this.mapper = mapper.rebuild()
			.changeDefaultVisibility((visibility) -> visibility.withFieldVisibility(Visibility.ANY)
				.withGetterVisibility(Visibility.NONE)
				.withIsGetterVisibility(Visibility.NONE))
			.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL)
				.withContentInclusion(JsonInclude.Include.NON_NULL))
			.enable(MapperFeature.PROPAGATE_TRANSIENT_MARKER)
			.build();
	}

	/**
	 * Returns a state as it is now.
	 * @param state a state or a view
	 * @return a tree that shares nothing with it
	 * @throws IllegalStateException when it is not a JSON object
	 */
	ObjectNode tree(Object state) {
		JsonNode tree = this.mapper.valueToTree(state);
		if (tree instanceof ObjectNode object) {
			return MergePatch.withoutNulls(object);
		}
		throw new IllegalStateException("The state of a room must be a JSON object, but that of %s is not"
			.formatted(state.getClass().getName()));
	}

	/** Reads options, whose class may be anything that the application's mapper reads. */
	<T> T read(JsonNode options, Class<T> type) {
		return this.mapper.treeToValue(options, type);
	}

	/** Writes what the next object of a room needs. */
	String write(Object saved) {
		return this.mapper.writeValueAsString(saved);
	}

	/** Reads what the former object of a room has saved. */
	Object read(String saved, Type type) {
		return this.mapper.readValue(saved, this.mapper.constructType(type));
	}

	/** Reads a JSON object. */
	Map<String, Object> readObject(String json) {
		return this.mapper.readValue(json, new TypeReference<>() {
		});
	}

}
