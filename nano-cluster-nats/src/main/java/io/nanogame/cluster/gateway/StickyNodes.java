package io.nanogame.cluster.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.cluster.frame.SessionTransfer.ChosenNode;
import io.nanogame.node.Node;
import io.nanogame.route.Route;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of the components of one session: for each the node to which the game has
 * bound the session, as long as that is up, or else the node that was chosen first, as
 * long as it does not leave either. Confined to the loop of the session, except
 * {@link #bind}.
 */
final class StickyNodes {

	private final Map<String, ChosenNode> byComponent = new ConcurrentHashMap<>(4);

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
		ChosenNode present = this.byComponent.get(component);
		if (present != null && isServed(present)) {
			return present.node();
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
		ChosenNode now = this.byComponent.compute(component,
				(name, current) -> Objects.equals(current, present) ? new ChosenNode(chosen, false) : current);
		// The game may have bound or released the component meanwhile.
		return (now != null) ? now.node() : chosen;
	}

	private boolean isServed(ChosenNode chosen) {
		return this.destinations.nodes()
			.find(chosen.node())
			.filter((node) -> chosen.byGame() || !node.leaving())
			.isPresent();
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
			this.byComponent.put(component, new ChosenNode(node, true));
			forwardOwn(component, node);
		}
	}

	/** Forwards messages that this node would handle itself, if another one does. */
	private void forwardOwn(String component, String node) {
		Node self = this.destinations.nodes().self();
		if (!node.equals(self.id()) && self.components().contains(component)) {
			SessionHandle.of(this.session).queue().setElsewhere((route) -> isElsewhere(Route.component(route)));
		}
	}

	/**
	 * Returns whether another node handles a component which this one has, too: because
	 * the game has bound the session to it, or because it did so when it owned the
	 * session. Thread-safe.
	 */
	private boolean isElsewhere(String component) {
		ChosenNode present = this.byComponent.get(component);
		if (present == null || present.node().equals(this.destinations.nodes().self().id())) {
			return false;
		}
		boolean isServed = isServed(present);
		if (!isServed) {
			this.byComponent.remove(component, present);
		}
		return isServed;
	}

	/** Returns whether a component has this node. Thread-safe. */
	boolean contains(String node) {
		return this.byComponent.values().stream().anyMatch((chosen) -> chosen.node().equals(node));
	}

	/** Returns a copy. Thread-safe. */
	Map<String, String> all() {
		Map<String, String> all = new HashMap<>();
		this.byComponent.forEach((component, chosen) -> all.put(component, chosen.node()));
		return all;
	}

	/**
	 * Removes a node that is down. Returns its components that another node has to
	 * handle; this node handles its own.
	 */
	List<String> release(String node) {
		Set<String> own = this.destinations.nodes().self().components();
		List<String> released = this.byComponent.entrySet()
			.stream()
			.filter((binding) -> binding.getValue().node().equals(node))
			.map(Map.Entry::getKey)
			.toList();
		this.byComponent.values().removeIf((chosen) -> chosen.node().equals(node));
		return released.stream().filter((component) -> !own.contains(component)).toList();
	}

	/** Returns the nodes for another gateway: the components of this node stay here. */
	Map<String, ChosenNode> leave() {
		Node self = this.destinations.nodes().self();
		Map<String, ChosenNode> components = new HashMap<>(this.byComponent);
		self.components().forEach((component) -> components.putIfAbsent(component, new ChosenNode(self.id(), false)));
		return components;
	}

	/** Continues with the nodes of another gateway. */
	void restore(Map<String, ChosenNode> components) {
		components.forEach((component, chosen) -> {
			this.byComponent.put(component, chosen);
			forwardOwn(component, chosen.node());
		});
	}

}
