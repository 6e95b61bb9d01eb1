package io.nanogame.cluster.gateway;

import java.util.HashMap;
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
			return target(component, node);
		}
		if (!this.destinations.areAllKnown()) {
			return Target.WAIT;
		}
		return this.destinations.nodes().isKnown(component) ? Target.failure(503, "no node handles this right now")
				: Target.failure(404, "no such route");
	}

	private Target target(String component, String node) {
		if (!serves(node)) {
			this.destinations.logRefusal(component, node, this.session.payloads());
			return Target.failure(501, "not available with this serializer");
		}
		return this.destinations.isReachable(node) ? Target.of(node) : Target.WAIT;
	}

	/** Returns whether a node reads and writes the payloads of the session. */
	private boolean serves(String node) {
		return this.destinations.form(node, this.session.payloads()) != null;
	}

	/** Returns the node of a component that can serve the session now, or null. */
	@Nullable String findServing(String component) {
		String node = find(component);
		return (node != null && serves(node)) ? node : null;
	}

	/**
	 * Returns the node of a component, or null when no node has it. Nodes without the
	 * serializer of the session are chosen only if there are no others.
	 */
	@Nullable String find(String component) {
		String bound = this.byComponent.get(component);
		if (bound != null && this.destinations.nodes().find(bound).filter((node) -> !node.leaving()).isPresent()) {
			return bound;
		}
		List<Node> candidates = candidates(component);
		if (candidates.isEmpty()) {
			return null;
		}
		String chosen = this.destinations.choose(this.session, component, candidates).id();
		if (!serves(chosen)) {
			// Another node may be able to, soon.
			return chosen;
		}
		String now = this.byComponent.compute(component,
				(name, present) -> Objects.equals(present, bound) ? chosen : present);
		// The game may have bound or released the component meanwhile.
		return (now != null) ? now : chosen;
	}

	private List<Node> candidates(String component) {
		List<Node> all = this.destinations.candidates(component);
		List<Node> serving = all.stream().filter((node) -> serves(node.id())).toList();
		return serving.isEmpty() ? all : serving;
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

	/**
	 * Returns whether another node handles a component which this one has, too, because
	 * it did so when it owned the session. Thread-safe.
	 */
	boolean isElsewhere(String component) {
		String bound = this.byComponent.get(component);
		if (bound == null) {
			return false;
		}
		boolean isServed = this.destinations.nodes().find(bound).filter((node) -> !node.leaving()).isPresent();
		if (!isServed) {
			this.byComponent.remove(component, bound);
		}
		return isServed;
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

	/** Returns the nodes for another gateway: the components of this node stay here. */
	Map<String, String> leave() {
		Node self = this.destinations.nodes().self();
		Map<String, String> components = new HashMap<>(all());
		self.components().forEach((component) -> components.putIfAbsent(component, self.id()));
		return components;
	}

	/**
	 * Continues with the nodes of another gateway. Returns whether this node has one of
	 * their components, too.
	 */
	boolean restore(Map<String, String> components) {
		Node self = this.destinations.nodes().self();
		components.forEach((component, node) -> {
			if (!node.equals(self.id())) {
				bind(component, node);
			}
		});
		return components.keySet().stream().anyMatch(self.components()::contains);
	}

}
