package io.nanogame.cluster.peer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The traffic of nodes by their names, of which there are few even if nodes restart
 * often. Thread-safe.
 */
final class TrafficByName {

	private final Map<String, PeerTraffic> byName = new ConcurrentHashMap<>();

	/** Returns the traffic of the nodes with the name of a node. */
	PeerTraffic of(String id) {
		return this.byName.computeIfAbsent(name(id), (name) -> new PeerTraffic());
	}

	/** An id consists of the name of the node and a number. */
	private static String name(String id) {
		return id.substring(0, Math.max(0, id.lastIndexOf('-')));
	}

}
