package io.nanogame.cluster.gateway;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.node.Node;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of the components of one session: for each the node that was chosen first, as
 * long as that is up and does not leave. Confined to the loop of the session, except
 * {@link #bind}.
 */
final class StickyNodes {

	private final Map<String, String> byComponent = new ConcurrentHashMap<>(4);

	private final Session session;

	private final Destinations destinations;

	StickyNodes(Session session, Destinations destinations) {
		this.session = session;
		this.destinations = destinations;
	}

	/** Returns where a message to a component can be sent now. */
	Target target(String component) {
		if (!this.destinations.isHearing()) {
			return Target.failure(503, "not connected to the other nodes");
		}
		String node = find(component);
		if (node != null) {
			return this.destinations.isReachable(node) ? Target.of(node) : Target.WAIT;
		}
		if (!this.destinations.areAllKnown()) {
			return Target.WAIT;
		}
		return this.destinations.nodes().isKnown(component) ? Target.failure(503, "no node handles this right now")
				: Target.failure(404, "no such route");
	}

	/** Returns the node of a component, or null when no node has it. */
	@Nullable String find(String component) {
		String bound = this.byComponent.get(component);
		if (bound != null && this.destinations.nodes().find(bound).filter((node) -> !node.leaving()).isPresent()) {
			return bound;
		}
		List<Node> candidates = this.destinations.candidates(component);
		if (candidates.isEmpty()) {
			return null;
		}
		String chosen = this.destinations.choose(this.session, component, candidates).id();
		String now = this.byComponent.compute(component,
				(name, present) -> Objects.equals(present, bound) ? chosen : present);
		// The game may have bound or released the component meanwhile.
		return (now != null) ? now : chosen;
	}

	/** Sets a node; an empty one lets the strategy choose again. Thread-safe. */
	void bind(String component, String node) {
		if (node.isEmpty()) {
			this.byComponent.remove(component);
		}
		else {
			this.byComponent.put(component, node);
		}
	}

	/** Returns whether a component has this node. Thread-safe. */
	boolean contains(String node) {
		return this.byComponent.containsValue(node);
	}

	/** Returns a copy. Thread-safe. */
	Map<String, String> all() {
		return Map.copyOf(this.byComponent);
	}

	/** Removes a node that is down. Returns its components. */
	List<String> release(String node) {
		List<String> released = this.byComponent.entrySet()
			.stream()
			.filter((binding) -> binding.getValue().equals(node))
			.map(Map.Entry::getKey)
			.toList();
		this.byComponent.values().removeIf(node::equals);
		return released;
	}

}
