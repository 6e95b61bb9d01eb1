package io.nanogame.node;

import io.nanogame.session.Session;

/**
 * Chooses the node that handles a session's messages to a component, overriding the
 * {@link RoutingStrategy}. Thread-safe, on any node; never blocks.
 */
public interface SessionRouting {

	/** The routing of a server without a cluster, which handles all messages itself. */
	SessionRouting LOCAL = (session, component, node) -> {
	};

	/**
	 * Routes a session's messages to a component to a node, from the next message on, for
	 * as long as that node is up, also while it is drained.
	 * @param session the session
	 * @param component the name of the component
	 * @param node the id of a node that handles it; empty to let the strategy choose
	 * again
	 */
	void bind(Session session, String component, String node);

	/**
	 * Removes the binding, so that the strategy chooses a node for the next message.
	 * @param session the session
	 * @param component the name of the component
	 */
	default void unbind(Session session, String component) {
		bind(session, component, "");
	}

}
