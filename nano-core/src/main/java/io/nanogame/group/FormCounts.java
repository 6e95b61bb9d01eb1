package io.nanogame.group;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

/**
 * The number of members of other servers, by the form of their payloads. Thread-safe.
 */
final class FormCounts {

	private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>(2);

	/** Adds a member; null for one of this server, which is not counted. */
	void add(@Nullable RemoteMember member) {
		if (member != null) {
			this.counts.merge(member.form(), 1, Integer::sum);
		}
	}

	void remove(@Nullable RemoteMember member) {
		if (member != null) {
			this.counts.computeIfPresent(member.form(), (form, count) -> (count > 1) ? count - 1 : null);
		}
	}

	/** Returns the forms, as a live view. */
	Set<String> names() {
		return this.counts.keySet();
	}

}
