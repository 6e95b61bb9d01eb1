package io.nanogame.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON pointer (RFC 6901) in which {@code *} is any one member of an object or item of
 * an array.
 */
final class RoomPath {

	private static final String ANY = "*";

	private static final Pattern INVALID = Pattern.compile("[^/].*|.*~(?![01]).*", Pattern.DOTALL);

	/** As in the pointer, with escapes. */
	private final List<String> names;

	private RoomPath(List<String> names) {
		this.names = names;
	}

	/**
	 * Reads a pointer.
	 * @throws IllegalArgumentException if it is invalid
	 */
	static RoomPath of(String pointer) {
		if (INVALID.matcher(pointer).matches()) {
			throw new IllegalArgumentException(
					"A JSON pointer is empty or begins with '/', and has '~' only in '~0' and '~1': " + pointer);
		}
		List<String> names = Arrays.asList(pointer.split("/", -1));
		return new RoomPath(names.subList(1, names.size()));
	}

	/**
	 * Returns the parts at this path that differ. Trees are compared by identity, so what
	 * has not changed is not looked at.
	 */
	List<Change> changes(@Nullable JsonNode previous, @Nullable JsonNode next) {
		List<Change> changes = differing(List.of(new Change(previous, next, List.of())));
		for (String name : this.names) {
			List<Change> parts = new ArrayList<>();
			for (Change change : changes) {
				if (name.equals(ANY)) {
					change.addMembersTo(parts);
				}
				else {
					parts.add(change.member(name.replace("~1", "/").replace("~0", "~"), change.names));
				}
			}
			changes = differing(parts);
		}
		return changes;
	}

	private static List<Change> differing(List<Change> changes) {
		return changes.stream().filter((change) -> change.previous != change.value).toList();
	}

	/**
	 * A change of a part of a tree.
	 *
	 * @param previous the part before; {@code null} if there was none
	 * @param value the part now; {@code null} if there is none
	 * @param names of the members for which {@code *} stands
	 */
	record Change(@Nullable JsonNode previous, @Nullable JsonNode value, List<String> names) {

		private Change member(String name, List<String> memberNames) {
			return new Change(RoomTree.member(this.previous, name), RoomTree.member(this.value, name), memberNames);
		}

		private void addMembersTo(List<Change> parts) {
			Set<String> members = new LinkedHashSet<>(RoomTree.names(this.previous));
			members.addAll(RoomTree.names(this.value));
			for (String member : members) {
				List<String> memberNames = new ArrayList<>(this.names);
				memberNames.add(member);
				parts.add(member(member, List.copyOf(memberNames)));
			}
		}

	}

}
