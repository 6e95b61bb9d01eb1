package io.nanogame.cluster;

import io.nanogame.cluster.gateway.SessionRoutes;
import org.jspecify.annotations.Nullable;

/**
 * A session of the cluster, as far as one node knows it.
 *
 * @param id the id of the session
 * @param state what this node knows
 * @param gateway the id of the node to which the client is connected
 * @param messages the messages that are queued, handled or forwarded here; null if this
 * node does not know
 * @param routes the nodes that handle messages of the session; on the gateway only, but
 * its version is that of this node
 */
public record SessionLocation(long id, State state, String gateway, @Nullable Integer messages, SessionRoutes routes) {

	/** What a node knows of a session. */
	public enum State {

		/** The client is connected to this node. */
		OPEN,

		/** The client was connected to this node, and other nodes handle its messages. */
		CLOSING,

		/** The client is connected to another node, and this one has a copy. */
		COPIED,

		/** Only another node knows whether the session is open. */
		ELSEWHERE

	}

}
