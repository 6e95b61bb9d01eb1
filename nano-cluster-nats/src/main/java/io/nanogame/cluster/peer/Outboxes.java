package io.nanogame.cluster.peer;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The outboxes of this node, by the ids of other nodes. Thread-safe.
 */
final class Outboxes {

	private final Map<String, Outbox> byNode = new ConcurrentHashMap<>();

	private final Function<String, Outbox> creation;

	/**
	 * Creates no outbox.
	 * @param creation creates the outbox for a node
	 */
	Outboxes(Function<String, Outbox> creation) {
		this.creation = creation;
	}

	/** Returns the outbox for a node: always the same until it is removed. */
	Outbox to(String id) {
		Outbox known = this.byNode.get(id);
		return (known != null) ? known : this.byNode.computeIfAbsent(id, this.creation);
	}

	void remove(String id) {
		this.byNode.remove(id);
	}

	/** Returns the nodes with an outbox: a live view that is safe to iterate. */
	Set<String> ids() {
		return this.byNode.keySet();
	}

	/** Returns how many messages the nodes with some traffic have not confirmed. */
	long unconfirmed(PeerTraffic nodes) {
		return this.byNode.values()
			.stream()
			.filter((outbox) -> outbox.traffic() == nodes)
			.mapToLong(Outbox::unconfirmed)
			.sum();
	}

}
