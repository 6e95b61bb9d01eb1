package io.nanogame.cluster.gateway;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.node.Node;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Which node handles which component for one session: the one that was chosen first, as
 * long as it is there and does not leave. Belongs to the session's loop, but the game may
 * bind from any thread.
 */
final class StickyNodes {

	private final Map<String, String> byComponent = new ConcurrentHashMap<>(4);

	private final Session session;

	private final Router router;

	StickyNodes(Session session, Router router) {
		this.session = session;
		this.router = router;
	}

	/** Returns null when no node has the component. */
	@Nullable String find(String component) {
		String bound = this.byComponent.get(component);
		if (bound != null && this.router.nodes().find(bound).filter((node) -> !node.leaving()).isPresent()) {
			return bound;
		}
		List<Node> candidates = this.router.nodes().withComponent(component);
		if (candidates.isEmpty()) {
			return null;
		}
		String chosen = this.router.choose(this.session, component, candidates).id();
		String now = this.byComponent.compute(component,
				(name, present) -> Objects.equals(present, bound) ? chosen : present);
		// The game may have bound it meanwhile, or let it go.
		return (now != null) ? now : chosen;
	}

	/** Any thread. With an empty node one is chosen anew. */
	void bind(String component, String node) {
		if (node.isEmpty()) {
			this.byComponent.remove(component);
		}
		else {
			this.byComponent.put(component, node);
		}
	}

	/** The node is gone. Returns the components that were handled there. */
	List<String> release(String node) {
		List<String> homeless = this.byComponent.entrySet()
			.stream()
			.filter((binding) -> binding.getValue().equals(node))
			.map(Map.Entry::getKey)
			.toList();
		this.byComponent.values().removeIf(node::equals);
		return homeless;
	}

}
