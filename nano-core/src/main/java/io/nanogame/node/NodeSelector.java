package io.nanogame.node;

import java.util.List;

/**
 * Selects a node, for example for a call of a service. Called on any thread,
 * concurrently; must not block. {@link NodeSelectors} has common ones.
 */
@FunctionalInterface
public interface NodeSelector {

	/**
	 * Selects a node.
	 * @param candidates at least one, sorted by id
	 * @return one of the candidates
	 */
	Node select(List<Node> candidates);

}
