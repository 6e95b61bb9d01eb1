package io.nanogame.connection;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.session.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * The newest pushes of each key for a client that does not read, in the order their keys
 * came. What is newer is decided by when pushes were made, because some of them may still
 * be on their way through a loop's queue. Any thread.
 */
final class CoalescingBuffer {

	/** What a message weighs beside its body. */
	private static final int MESSAGE_OVERHEAD = 64;

	private final Map<Key, OutboundMessage> byKey = new LinkedHashMap<>();

	private int bytes;

	/**
	 * Holds a push, unless a newer one of its key is held.
	 * @return whether one of two pushes is lost
	 */
	synchronized boolean hold(@Nullable Object key, OutboundMessage push) {
		Key full = new Key(push.route(), key);
		OutboundMessage held = this.byKey.get(full);
		if (held == null || held.createdNanos() - push.createdNanos() < 0) {
			this.byKey.put(full, push);
			this.bytes += weight(push) - ((held != null) ? weight(held) : 0);
		}
		return held != null;
	}

	/**
	 * Lets a push pass that is about to be sent, which makes an older one of its key
	 * obsolete.
	 * @return false when a newer one is held, so that this one must not be sent any more
	 */
	synchronized boolean passes(@Nullable Object key, OutboundMessage push) {
		Key full = new Key(push.route(), key);
		OutboundMessage held = this.byKey.get(full);
		if (held == null) {
			return true;
		}
		if (held.createdNanos() - push.createdNanos() > 0) {
			return false;
		}
		this.byKey.remove(full);
		this.bytes -= weight(held);
		return true;
	}

	/** How much is held of other keys than that of a push, in bytes. */
	synchronized int bytesBeside(@Nullable Object key, OutboundMessage push) {
		OutboundMessage held = this.byKey.get(new Key(push.route(), key));
		return this.bytes - ((held != null) ? weight(held) : 0);
	}

	synchronized boolean isEmpty() {
		return this.byKey.isEmpty();
	}

	/** Takes what was made before a moment. */
	synchronized List<OutboundMessage> takeUntil(long nanos) {
		List<OutboundMessage> due = new ArrayList<>();
		Iterator<OutboundMessage> all = this.byKey.values().iterator();
		while (all.hasNext()) {
			OutboundMessage push = all.next();
			if (push.createdNanos() - nanos <= 0) {
				all.remove();
				this.bytes -= weight(push);
				due.add(push);
			}
		}
		return due;
	}

	/** How many bytes a message counts for while it waits. */
	static int weight(OutboundMessage message) {
		return message.body().length + MESSAGE_OVERHEAD;
	}

	private record Key(String route, @Nullable Object key) {
	}

}
