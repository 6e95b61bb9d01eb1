package io.nanogame.client;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trees of JSON that are not modified once they are the state of a room, so that the
 * states of two versions can share parts. No tree is deeper than the JSON parser accepts.
 */
final class RoomTree {

	private static final int MAX_DIGITS = 9;

	private RoomTree() {
	}

	/**
	 * Applies a JSON merge patch (RFC 7396). What it does not change is shared with the
	 * result.
	 */
	static JsonNode merge(@Nullable JsonNode target, JsonNode patch) {
		if (!(patch instanceof ObjectNode changes)) {
			return patch;
		}
		ObjectNode result = JsonNodeFactory.instance.objectNode();
		if (target instanceof ObjectNode object) {
			result.setAll(object);
		}
		for (Map.Entry<String, JsonNode> change : changes.properties()) {
			if (change.getValue().isNull()) {
				result.remove(change.getKey());
			}
			else {
				result.set(change.getKey(), merge(result.get(change.getKey()), change.getValue()));
			}
		}
		return result;
	}

	/**
	 * Returns a tree that is equal to another one, in which each part that is equal to
	 * the part of the previous tree at the same place is that part. So equal parts can be
	 * recognized by their identity.
	 * @param next is modified, except the parts that it has in common with the previous
	 * tree
	 */
	static JsonNode shareEqualParts(@Nullable JsonNode previous, JsonNode next) {
		if (previous == null || previous == next) {
			return next;
		}
		boolean equal;
		if (previous instanceof ObjectNode && next instanceof ObjectNode object) {
			equal = shareMembers(previous, object);
		}
		else if (previous instanceof ArrayNode && next instanceof ArrayNode array) {
			equal = shareItems(previous, array);
		}
		else {
			equal = previous.equals(next);
		}
		return equal ? previous : next;
	}

	private static boolean shareMembers(JsonNode previous, ObjectNode next) {
		boolean equal = previous.size() == next.size();
		for (Map.Entry<String, JsonNode> member : next.properties()) {
			JsonNode before = previous.get(member.getKey());
			JsonNode shared = shareEqualParts(before, member.getValue());
			// No new name, so the iteration goes on.
			next.set(member.getKey(), shared);
			equal &= shared == before;
		}
		return equal;
	}

	private static boolean shareItems(JsonNode previous, ArrayNode next) {
		boolean equal = previous.size() == next.size();
		for (int i = 0; i < next.size(); i++) {
			JsonNode before = previous.get(i);
			JsonNode shared = shareEqualParts(before, next.get(i));
			next.set(i, shared);
			equal &= shared == before;
		}
		return equal;
	}

	/** Returns a member of an object, or an item of an array by its index. */
	static @Nullable JsonNode member(@Nullable JsonNode tree, String name) {
		if (tree instanceof ArrayNode array) {
			return isIndex(name) ? array.get(Integer.parseInt(name)) : null;
		}
		return (tree != null) ? tree.get(name) : null;
	}

	private static boolean isIndex(String name) {
		boolean digits = !name.isEmpty() && name.chars().allMatch((c) -> c >= '0' && c <= '9');
		return digits && name.length() <= MAX_DIGITS && (name.length() == 1 || name.charAt(0) != '0');
	}

	/** Returns the names of all members, or the indexes of all items. */
	static List<String> names(@Nullable JsonNode tree) {
		if (tree instanceof ArrayNode array) {
			return IntStream.range(0, array.size()).mapToObj(Integer::toString).toList();
		}
		return (tree != null) ? List.copyOf(tree.propertyNames()) : List.of();
	}

}
