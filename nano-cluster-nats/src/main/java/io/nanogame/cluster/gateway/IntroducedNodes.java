package io.nanogame.cluster.gateway;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nodes to which a session was introduced. One that has handled a message of the
 * session has received the introduction; that to others may be lost. Thread-safe.
 */
final class IntroducedNodes {

	/** By node: whether it has received the introduction for certain. */
	private final Map<String, Boolean> nodes = new ConcurrentHashMap<>(2);

	void add(String node) {
		this.nodes.putIfAbsent(node, false);
	}

	/** A node has handled a message. Has no effect if the node was removed. */
	void confirm(String node) {
		if (Boolean.FALSE.equals(this.nodes.get(node))) {
			this.nodes.replace(node, false, true);
		}
	}

	boolean contains(String node) {
		return this.nodes.containsKey(node);
	}

	boolean isConfirmed(String node) {
		return Boolean.TRUE.equals(this.nodes.get(node));
	}

	/** Removes a node. Returns whether it had received the introduction for certain. */
	boolean remove(String node) {
		return Boolean.TRUE.equals(this.nodes.remove(node));
	}

	/** Returns a live view that is safe to iterate. */
	Set<String> ids() {
		return this.nodes.keySet();
	}

}
