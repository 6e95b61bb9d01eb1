package io.nanogame.cluster.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The messages of a session that were sent to other nodes and are not completed. Confined
 * to the loop of the session.
 */
final class MessagesInFlight {

	/** In the order of sending, in which they fail if they are given up. */
	private final Map<Long, Forwarded> bySequence = new LinkedHashMap<>(4);

	private long lastSequence;

	/** Returns the number of the next message, above 0. */
	long nextSequence() {
		return ++this.lastSequence;
	}

	void add(Forwarded message) {
		this.bySequence.put(message.sequence(), message);
	}

	void remove(Forwarded message) {
		this.bySequence.remove(message.sequence());
	}

	boolean isEmpty() {
		return this.bySequence.isEmpty();
	}

	/** Returns a message to a node, or null. */
	@Nullable Forwarded find(String node, long sequence) {
		Forwarded message = this.bySequence.get(sequence);
		return (message != null && message.node().equals(node)) ? message : null;
	}

	/**
	 * Returns whether its node has completed all messages that were sent there before.
	 */
	boolean isOldest(Forwarded message) {
		return this.bySequence.values()
			.stream()
			.noneMatch((other) -> other.node().equals(message.node()) && other.sequence() < message.sequence());
	}

	/** Returns a copy. */
	List<Forwarded> all() {
		return List.copyOf(this.bySequence.values());
	}

	/** Returns a copy. */
	List<Forwarded> sentTo(String node) {
		return this.bySequence.values().stream().filter((message) -> message.node().equals(node)).toList();
	}

}
