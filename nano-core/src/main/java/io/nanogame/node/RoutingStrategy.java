package io.nanogame.node;

import java.util.List;

import io.nanogame.session.Session;

/**
 * Chooses the node that handles a session's messages to a component, for the first of
 * them, and again when that node is gone. Called on the session's event loop; must not
 * block.
 */
@FunctionalInterface
public interface RoutingStrategy {

	/**
	 * Chooses.
	 * @param session whose messages
	 * @param component to which component
	 * @param candidates the nodes that have it and are not leaving, at least one, sorted
	 * by id
	 * @return one of them
	 */
	Node choose(Session session, String component, List<Node> candidates);

}
