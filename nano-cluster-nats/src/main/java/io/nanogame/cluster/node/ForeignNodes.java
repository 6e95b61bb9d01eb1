package io.nanogame.cluster.node;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.node.Node;

/**
 * Nodes without a common version of the format of messages. Each is logged once.
 * Thread-safe.
 */
final class ForeignNodes {

	/** The maximum number of nodes that are remembered. */
	private static final int MAX = 1000;

	private final LimitedLog log;

	private final Set<String> ids = ConcurrentHashMap.newKeySet();

	ForeignNodes(LimitedLog log) {
		this.log = log;
	}

	void received(Node node) {
		if (this.ids.size() < MAX && this.ids.add(node.id())) {
			this.log.warn("{} uses another version of the cluster's format, so neither sends messages to the other",
					node);
		}
	}

}
