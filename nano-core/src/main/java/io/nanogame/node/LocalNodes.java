package io.nanogame.node;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The nodes of a server without a cluster: itself.
 */
public final class LocalNodes implements Nodes {

	private final Supplier<Node> self;

	/**
	 * Creates the nodes of a server alone.
	 * @param self describes it; called on any thread, for each access
	 */
	public LocalNodes(Supplier<Node> self) {
		this.self = self;
	}

	@Override
	public Node self() {
		return this.self.get();
	}

	@Override
	public List<Node> others() {
		return List.of();
	}

	@Override
	public List<Node> all() {
		return List.of(self());
	}

	@Override
	public Optional<Node> find(String id) {
		return Optional.empty();
	}

	@Override
	public boolean isUp(String id) {
		return false;
	}

	@Override
	public List<Node> withComponent(String component) {
		return List.of();
	}

	@Override
	public boolean isKnown(String component) {
		return false;
	}

	@Override
	public void addListener(NodeListener listener) {
		// There are no events of other nodes.
	}

	@Override
	public void removeListener(NodeListener listener) {
		// No listener is kept.
	}

}
