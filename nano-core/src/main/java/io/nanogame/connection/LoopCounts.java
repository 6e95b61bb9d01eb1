package io.nanogame.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import io.nanogame.protocol.MessageType;

/**
 * Counts the messages of one loop's connections. Only the loop writes, so a count costs
 * no atomic instruction; any thread reads.
 */
public final class LoopCounts {

	private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

	private static final int TYPES = MessageType.values().length;

	private final long[] received = new long[TYPES];

	private final long[] sent = new long[TYPES];

	LoopCounts() {
	}

	/** Loop. */
	void received(MessageType type) {
		increment(this.received, type);
	}

	/** Loop. */
	void sent(MessageType type) {
		increment(this.sent, type);
	}

	private static void increment(long[] counts, MessageType type) {
		int index = type.ordinal();
		COUNTS.setOpaque(counts, index, counts[index] + 1);
	}

	/** Any thread. */
	long receivedOf(MessageType type) {
		return (long) COUNTS.getOpaque(this.received, type.ordinal());
	}

	/** Any thread. */
	long sentOf(MessageType type) {
		return (long) COUNTS.getOpaque(this.sent, type.ordinal());
	}

}
