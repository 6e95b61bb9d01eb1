package io.nanogame.cluster.bus.memory;

import java.util.function.Consumer;

import io.nanogame.cluster.bus.BusMessage;

/**
 * A subscription of a {@link MemoryReader}.
 */
final class MemorySubscription {

	static final String ANY = "*";

	private final MemoryReader reader;

	private final String subject;

	/** The tokens of the subject; empty if none is a wildcard. */
	private final String[] pattern;

	private final String queue;

	private final Consumer<BusMessage> handler;

	/** Set by {@link #end}; messages that have arrived are dropped then, as in NATS. */
	private volatile boolean ended;

	/**
	 * Creates a subscription.
	 * @param queue the name of its queue; empty without one
	 */
	MemorySubscription(MemoryReader reader, String subject, String queue, Consumer<BusMessage> handler) {
		this.reader = reader;
		this.subject = subject;
		this.pattern = subject.contains(ANY) ? subject.split("\\.") : new String[0];
		this.queue = queue;
		this.handler = handler;
	}

	MemoryReader reader() {
		return this.reader;
	}

	MemoryBus bus() {
		return this.reader.bus();
	}

	String queue() {
		return this.queue;
	}

	/** Returns the last token of its subjects, or the wildcard. */
	String key() {
		return key(this.subject);
	}

	static String key(String subject) {
		return subject.substring(subject.lastIndexOf('.') + 1);
	}

	boolean matches(String published) {
		if (this.pattern.length == 0) {
			return published.equals(this.subject);
		}
		String[] tokens = published.split("\\.");
		if (tokens.length != this.pattern.length) {
			return false;
		}
		for (int i = 0; i < tokens.length; i++) {
			if (!this.pattern[i].equals(ANY) && !this.pattern[i].equals(tokens[i])) {
				return false;
			}
		}
		return true;
	}

	void handle(BusMessage message) {
		if (!this.ended) {
			this.handler.accept(message);
		}
	}

	void end() {
		this.ended = true;
	}

}
