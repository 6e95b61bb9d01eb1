package io.nanogame.node;

import java.util.List;

import io.nanogame.session.Session;

/**
 * Chooses the node that handles a session's messages to a component. Called for the first
 * message, and again when that node is gone. Called on the session's event loop; must not
 * block.
 */
@FunctionalInterface
public interface RoutingStrategy {

	/**
	 * Chooses a node.
	 * @param session the session that sends the messages
	 * @param component the component that the messages are for
	 * @param candidates the nodes that handle it and are not leaving, at least one,
	 * sorted by id
	 * @return one of the candidates
	 */
	Node choose(Session session, String component, List<Node> candidates);

}
