package io.nanogame.spring.room;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Differences of JSON objects as merge patches
 * (<a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>). A member that is null
 * is the same as one that is absent, because the null of a patch deletes a member.
 */
final class MergePatch {

	private MergePatch() {
	}

	/**
	 * Computes the difference of two objects.
	 * @param from an object without members that are null
	 * @param to another such object
	 * @return the patch that makes the second of the first; null when they are equal. It
	 * shares nodes with the second
	 */
	static @Nullable ObjectNode between(ObjectNode from, ObjectNode to) {
		ObjectNode patch = null;
		for (Map.Entry<String, JsonNode> member : to.properties()) {
			JsonNode difference = difference(from.get(member.getKey()), member.getValue());
			if (difference != null) {
				patch = (patch != null) ? patch : JsonNodeFactory.instance.objectNode();
				patch.set(member.getKey(), difference);
			}
		}
		for (Map.Entry<String, JsonNode> member : from.properties()) {
			if (!to.has(member.getKey())) {
				patch = (patch != null) ? patch : JsonNodeFactory.instance.objectNode();
				patch.putNull(member.getKey());
			}
		}
		return patch;
	}

	private static @Nullable JsonNode difference(@Nullable JsonNode from, JsonNode to) {
		if (from instanceof ObjectNode before && to instanceof ObjectNode after) {
			return between(before, after);
		}
		return to.equals(from) ? null : to;
	}

	/**
	 * Removes members that are null, in all objects that are not within an array, whose
	 * elements patches replace as a whole.
	 * @param object the object to change
	 * @return the same object
	 */
	static ObjectNode withoutNulls(ObjectNode object) {
		object.removeNulls();
		for (JsonNode member : object) {
			if (member instanceof ObjectNode inner) {
				withoutNulls(inner);
			}
		}
		return object;
	}

}
