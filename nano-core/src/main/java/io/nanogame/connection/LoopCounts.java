package io.nanogame.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import io.nanogame.protocol.MessageType;

/**
 * The message counts of one loop's connections. Only the loop writes, so counting needs
 * no atomic instruction. Any thread may read.
 */
public final class LoopCounts {

	private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

	private static final int TYPES = MessageType.values().length;

	private final long[] received = new long[TYPES];

	private final long[] sent = new long[TYPES];

	LoopCounts() {
	}

	/** Confined to the loop. */
	void received(MessageType type) {
		increment(this.received, type);
	}

	/** Confined to the loop. */
	void sent(MessageType type) {
		increment(this.sent, type);
	}

	private static void increment(long[] counts, MessageType type) {
		int index = type.ordinal();
		COUNTS.setOpaque(counts, index, counts[index] + 1);
	}

	/** Thread-safe. */
	long receivedOf(MessageType type) {
		return (long) COUNTS.getOpaque(this.received, type.ordinal());
	}

	/** Thread-safe. */
	long sentOf(MessageType type) {
		return (long) COUNTS.getOpaque(this.sent, type.ordinal());
	}

}
