package io.nanogame.lengthid;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.nanogame.session.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * Holds the replies of one session until those to all earlier requests were sent, because
 * clients match them by their order. The requests of a connection are numbered from one.
 * Confined to the loop.
 */
final class ReplyOrder {

	/** The number of held replies at which no more requests are read. */
	private static final int MAX_HELD = 256;

	/** The bytes of held replies at which no more requests are read. */
	private static final long MAX_HELD_BYTES = 64 * 1024;

	private final Consumer<OutboundMessage> output;

	/** The number of the newest request. */
	private long last;

	/** The number of the oldest request without a reply. */
	private long next = 1;

	/**
	 * The replies that must wait, by the number of their request; null for a request that
	 * receives none. Created on first use, because most handlers reply in order.
	 */
	private @Nullable Map<Long, @Nullable OutboundMessage> early;

	private long heldBytes;

	ReplyOrder(Consumer<OutboundMessage> output) {
		this.output = output;
	}

	/** Returns the number of a new request. */
	long add() {
		return ++this.last;
	}

	/** Sends a reply, now or when all earlier ones were sent. */
	void reply(OutboundMessage reply) {
		if (reply.id() == this.next) {
			this.next++;
			this.output.accept(reply);
			release();
		}
		else {
			early().put(reply.id(), reply);
			this.heldBytes += reply.body().length;
		}
	}

	/** Awaits no reply any more, unless there was one. */
	void skip(long number) {
		if (number >= this.next && !early().containsKey(number)) {
			early().put(number, null);
			release();
		}
	}

	private Map<Long, @Nullable OutboundMessage> early() {
		Map<Long, @Nullable OutboundMessage> map = this.early;
		if (map == null) {
			map = new HashMap<>();
			this.early = map;
		}
		return map;
	}

	private void release() {
		Map<Long, @Nullable OutboundMessage> map = this.early;
		while (map != null && !map.isEmpty() && map.containsKey(this.next)) {
			OutboundMessage held = map.remove(this.next++);
			if (held != null) {
				this.heldBytes -= held.body().length;
				this.output.accept(held);
			}
		}
	}

	boolean isFull() {
		Map<Long, @Nullable OutboundMessage> map = this.early;
		return map != null && (map.size() >= MAX_HELD || this.heldBytes >= MAX_HELD_BYTES);
	}

}
