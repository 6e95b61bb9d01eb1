package io.nanogame.cluster.gateway;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The messages of a session that were sent to other nodes and are not completed. Confined
 * to the loop of the session, except {@link #find}.
 */
final class MessagesInFlight {

	private final Map<Long, Forwarded> bySequence = new ConcurrentHashMap<>(4);

	private long lastSequence;

	/** Returns the number of the next message, above 0. */
	long nextSequence() {
		return ++this.lastSequence;
	}

	/** Returns the number of the last message. */
	long lastSequence() {
		return this.lastSequence;
	}

	/** Continues the numbers of another gateway. */
	void restore(long last) {
		this.lastSequence = last;
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

	/** Returns a message to a node, or null. Thread-safe. */
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

	/**
	 * Returns a copy, in the order of sending, in which they fail if they are given up.
	 */
	List<Forwarded> all() {
		return sorted().toList();
	}

	/** Returns a copy, in the order of sending. */
	List<Forwarded> sentTo(String node) {
		return sorted().filter((message) -> message.node().equals(node)).toList();
	}

	private Stream<Forwarded> sorted() {
		return this.bySequence.values().stream().sorted(Comparator.comparingLong(Forwarded::sequence));
	}

}
