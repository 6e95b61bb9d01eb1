package io.nanogame.node;

import java.util.List;
import java.util.Optional;

/**
 * The servers of the game that this one knows: the nodes of its cluster, or itself alone.
 * Thread-safe; never blocks.
 */
public interface Nodes {

	/**
	 * Returns this node.
	 * @return its present description
	 */
	Node self();

	/**
	 * Returns all other nodes.
	 * @return a snapshot, sorted by id; empty for a server alone
	 */
	List<Node> others();

	/**
	 * Returns all nodes, this one included.
	 * @return a snapshot, sorted by id
	 */
	List<Node> all();

	/**
	 * Finds another node.
	 * @param id its id
	 * @return the node, if it is up
	 */
	Optional<Node> find(String id);

	/**
	 * Returns whether another node is up.
	 * @param id its id
	 * @return false for this node's own id, too
	 */
	boolean isUp(String id);

	/**
	 * Returns the other nodes that handle a component.
	 * @param component its name
	 * @return sorted by id, without leaving nodes; empty when there are none
	 */
	List<Node> withComponent(String component);

	/**
	 * Returns whether another node handles a component, or has handled it before.
	 * @param component its name
	 * @return true also when no node handles it at present
	 */
	boolean isKnown(String component);

	/**
	 * Returns whether each node that is up has had time to announce itself to this one.
	 * @return false for a heartbeat after this node has started or reconnected, so that
	 * nodes and components may be missing; true for a server alone
	 */
	default boolean areAllKnown() {
		return true;
	}

	/**
	 * Adds a listener for events of the other nodes. Never called on a server alone.
	 * @param listener the listener
	 */
	void addListener(NodeListener listener);

	void removeListener(NodeListener listener);

}
