package io.nanogame.cluster.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.node.Node;

/**
 * Finds the nodes that have a component. Any thread may read it, and only one at a time
 * may change it.
 */
final class ComponentIndex {

	/** Components that some node has had, also if none has them now. */
	private final Set<String> known = ConcurrentHashMap.newKeySet();

	/** Replaced with each change, because gateways read it for every message. */
	private volatile Map<String, List<Node>> nodes = Map.of();

	/** Returns the nodes with a component that are not leaving. */
	List<Node> find(String component) {
		return this.nodes.getOrDefault(component, List.of());
	}

	/** Returns whether a node has, or has had, a component. */
	boolean isKnown(String component) {
		return this.known.contains(component);
	}

	/** Replaces the nodes by all that are up, in the order in which they are found. */
	void replace(Collection<Node> all) {
		Map<String, List<Node>> next = new HashMap<>();
		for (Node node : all) {
			this.known.addAll(node.components());
			if (!node.leaving()) {
				node.components()
					.forEach((component) -> next.computeIfAbsent(component, (name) -> new ArrayList<>()).add(node));
			}
		}
		next.replaceAll((component, some) -> List.copyOf(some));
		this.nodes = next;
	}

}
