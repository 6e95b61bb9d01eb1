package io.nanogame.cluster.peer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Nodes of which this node has state, but that are not up. Their announcements may be
 * late or lost, or they are gone, and their last frames have arrived later. Confined to
 * one thread.
 */
public final class AbsentNodes {

	/** Since when nodes are known to be absent, in nanoseconds. */
	private final Map<String, Long> since = new HashMap<>();

	/**
	 * Returns the nodes that are absent for too long.
	 * @param known the nodes of which there is state
	 * @param isUp whether a node is up
	 * @param nowNanos the time
	 * @param patienceNanos how long a node may be absent
	 * @return the nodes whose state must be removed
	 */
	public List<String> tooLong(Set<String> known, Predicate<String> isUp, long nowNanos, long patienceNanos) {
		this.since.keySet().retainAll(known);
		this.since.keySet().removeIf(isUp);
		known.stream().filter(isUp.negate()).forEach((id) -> this.since.putIfAbsent(id, nowNanos));
		List<String> found = this.since.entrySet()
			.stream()
			.filter((absent) -> nowNanos - absent.getValue() >= patienceNanos)
			.map(Map.Entry::getKey)
			.toList();
		// There may be state again, with another patience.
		this.since.keySet().removeAll(found);
		return found;
	}

}
