package io.nanogame.node;

import java.util.List;
import java.util.Optional;

/**
 * The servers of the game, as this one sees them: the nodes of its cluster, or itself
 * alone. Any thread; nothing blocks.
 */
public interface Nodes {

	/**
	 * This node.
	 * @return its present description
	 */
	Node self();

	/**
	 * All other nodes.
	 * @return a copy of this moment, sorted by id; empty for a server alone
	 */
	List<Node> others();

	/**
	 * All nodes, this one included.
	 * @return a copy of this moment, sorted by id
	 */
	List<Node> all();

	/**
	 * Finds another node.
	 * @param id its id
	 * @return the node, if it is up
	 */
	Optional<Node> find(String id);

	/**
	 * Whether another node is up.
	 * @param id its id
	 * @return false for this node's own id, too
	 */
	boolean isUp(String id);

	/**
	 * The other nodes that handle a component.
	 * @param component its name
	 * @return sorted by id, without those that leave; empty when there are none
	 */
	List<Node> withComponent(String component);

	/**
	 * Whether another node has, or had, a component.
	 * @param component its name
	 * @return true also when no node has it right now
	 */
	boolean isKnown(String component);

	/**
	 * Adds a listener for the other nodes. For a server alone it is never called.
	 * @param listener called from now on
	 */
	void addListener(NodeListener listener);

	void removeListener(NodeListener listener);

}
