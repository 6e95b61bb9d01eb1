package io.nanogame.node;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Selects the node with fewer sessions of two random ones, by its last report and the
 * selections since then, each of which adds a session. Thread-safe.
 */
final class LeastSessions implements NodeSelector {

	/** Above this number, nodes that are no candidates are forgotten. */
	private static final int MANY = 1000;

	/** By the id of the node. */
	private final Map<String, Expected> expected = new ConcurrentHashMap<>();

	@Override
	public Node select(List<Node> candidates) {
		Node one = NodeSelectors.random(candidates);
		Node other = NodeSelectors.random(candidates);
		Node selected = (sessions(one) <= sessions(other)) ? one : other;
		if (this.expected.size() > MANY) {
			this.expected.keySet().retainAll(candidates.stream().map(Node::id).toList());
		}
		this.expected.merge(selected.id(), new Expected(selected.sessions(), 1), Expected::plus);
		return selected;
	}

	private int sessions(Node node) {
		Expected known = this.expected.get(node.id());
		return node.sessions() + ((known != null && known.reported == node.sessions()) ? known.selections : 0);
	}

	/**
	 * What is expected of a node.
	 *
	 * @param reported the sessions of its last report
	 * @param selections how often it was selected since that report
	 */
	private record Expected(int reported, int selections) {

		Expected plus(Expected later) {
			return (later.reported == this.reported) ? new Expected(this.reported, this.selections + 1) : later;
		}

	}

}
