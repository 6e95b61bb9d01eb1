package io.nanogame.cluster.backend;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Gateways whose sessions this node has, but that are not up. Their announcements may be
 * late or lost, or they are gone, and their last frames have arrived later. Confined to
 * one thread.
 */
final class AbsentGateways {

	/** Since when gateways are known to be absent, in nanoseconds. */
	private final Map<String, Long> since = new HashMap<>();

	/**
	 * Returns the gateways that are absent for too long.
	 * @param gateways the gateways of all sessions
	 * @param isUp whether a node is up
	 * @param nowNanos the time
	 * @param patienceNanos how long a gateway may be absent
	 * @return the gateways whose sessions must be closed
	 */
	List<String> tooLong(Set<String> gateways, Predicate<String> isUp, long nowNanos, long patienceNanos) {
		this.since.keySet().retainAll(gateways);
		this.since.keySet().removeIf(isUp);
		gateways.stream().filter(isUp.negate()).forEach((id) -> this.since.putIfAbsent(id, nowNanos));
		List<String> found = this.since.entrySet()
			.stream()
			.filter((absent) -> nowNanos - absent.getValue() >= patienceNanos)
			.map(Map.Entry::getKey)
			.toList();
		// Their sessions may be opened again, with another patience.
		this.since.keySet().removeAll(found);
		return found;
	}

}
