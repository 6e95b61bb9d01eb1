package io.nanogame.cluster.gateway;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nodes to which a session was introduced. One that has handled a message of the
 * session has received the introduction; on the way to the others it may be lost. Any
 * thread.
 */
final class IntroducedNodes {

	/** By node: whether it has received the introduction for certain. */
	private final Map<String, Boolean> nodes = new ConcurrentHashMap<>(2);

	void add(String node) {
		this.nodes.putIfAbsent(node, false);
	}

	/** It has handled a message. Without effect when it is not known any more. */
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

	/** Returns whether it had received the introduction for certain. */
	boolean remove(String node) {
		return Boolean.TRUE.equals(this.nodes.remove(node));
	}

	/** Live, and safe to iterate. */
	Set<String> ids() {
		return this.nodes.keySet();
	}

}
