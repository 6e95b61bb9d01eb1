package io.nanogame.cluster.gateway;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The nodes to which a session was introduced. One that has handled a message of the
 * session has received the introduction; that to others may be lost. Thread-safe.
 */
final class IntroducedNodes {

	private final AtomicInteger lastNumber = new AtomicInteger();

	private final Map<String, Introduction> nodes = new ConcurrentHashMap<>(2);

	/** Adds a node, or numbers its introduction anew. */
	void add(String node) {
		int number = this.lastNumber.incrementAndGet();
		this.nodes.merge(node, new Introduction(number, false),
				(before, now) -> new Introduction(number, before.confirmed));
	}

	/** A node has handled a message. Has no effect if the node was removed. */
	void confirm(String node) {
		Introduction introduction = this.nodes.get(node);
		if (introduction != null && !introduction.confirmed) {
			this.nodes.replace(node, introduction, new Introduction(introduction.number, true));
		}
	}

	boolean contains(String node) {
		return this.nodes.containsKey(node);
	}

	/** Returns the number of the last introduction; 0 if there was none. */
	int number(String node) {
		Introduction introduction = this.nodes.get(node);
		return (introduction != null) ? introduction.number : 0;
	}

	boolean isConfirmed(String node) {
		Introduction introduction = this.nodes.get(node);
		return introduction != null && introduction.confirmed;
	}

	/** Removes a node. Returns whether it had received the introduction for certain. */
	boolean remove(String node) {
		@Nullable Introduction removed = this.nodes.remove(node);
		return removed != null && removed.confirmed;
	}

	/** Returns a live view that is safe to iterate. */
	Set<String> ids() {
		return this.nodes.keySet();
	}

	/**
	 * The introduction to a node.
	 *
	 * @param number its number in the session
	 * @param confirmed whether the node has received it, or an earlier one, for certain
	 */
	private record Introduction(int number, boolean confirmed) {
	}

}
