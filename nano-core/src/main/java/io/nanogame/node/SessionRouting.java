package io.nanogame.node;

import io.nanogame.session.Session;

/**
 * Decides which node handles a session's messages to a component, against the
 * {@link RoutingStrategy}. Any thread, on any node; nothing blocks.
 */
public interface SessionRouting {

	/** Of a server without a cluster, which handles everything itself. */
	SessionRouting LOCAL = (session, component, node) -> {
	};

	/**
	 * Sends a session's messages to a component to a node, from the next one on, for as
	 * long as that node is up.
	 * @param session the session
	 * @param component the name of the component
	 * @param node the id of a node that has it; empty to let the strategy choose anew
	 */
	void bind(Session session, String component, String node);

	/**
	 * Lets the strategy choose the node anew for the next message.
	 * @param session the session
	 * @param component the name of the component
	 */
	default void unbind(Session session, String component) {
		bind(session, component, "");
	}

}
