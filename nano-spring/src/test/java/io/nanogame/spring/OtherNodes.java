package io.nanogame.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.node.Nodes;

/**
 * The nodes as the node {@code a} knows them a moment after its start.
 */
public final class OtherNodes implements Nodes {

	private final List<Node> others = new ArrayList<>();

	private boolean areAllKnown;

	/** Adds a node with a component and a service. */
	public void add(String id, String component, String service) {
		this.others.add(node(id, Set.of(component), Set.of(service)));
	}

	public void clear() {
		this.others.clear();
	}

	public void allKnown() {
		this.areAllKnown = true;
	}

	private static Node node(String id, Set<String> components, Set<String> services) {
		return new Node(id, "", "", Map.of(), components, services, Set.of(), Set.of(), false, false, 0);
	}

	@Override
	public boolean areAllKnown() {
		return this.areAllKnown;
	}

	@Override
	public Node self() {
		return node("a", Set.of(), Set.of());
	}

	@Override
	public List<Node> others() {
		return List.copyOf(this.others);
	}

	@Override
	public List<Node> all() {
		List<Node> all = new ArrayList<>(this.others);
		all.add(0, self());
		return all;
	}

	@Override
	public Optional<Node> find(String id) {
		return this.others.stream().filter((node) -> node.id().equals(id)).findFirst();
	}

	@Override
	public boolean isUp(String id) {
		return find(id).isPresent();
	}

	@Override
	public List<Node> withComponent(String component) {
		return this.others.stream().filter((node) -> node.components().contains(component)).toList();
	}

	@Override
	public boolean isKnown(String component) {
		return !withComponent(component).isEmpty();
	}

	@Override
	public void addListener(NodeListener listener) {
		// There are no events.
	}

	@Override
	public void removeListener(NodeListener listener) {
		// There are no events.
	}

}
