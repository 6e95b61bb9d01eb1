package io.nanogame.connection;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.session.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * The newest push of each key for a client that does not read, ordered by the first push
 * of each key. Pushes are compared by their time of creation, because older ones may
 * still be queued on the loop. Thread-safe.
 */
final class CoalescingBuffer {

	/** The estimated memory of a message besides its body, in bytes. */
	private static final int MESSAGE_OVERHEAD = 64;

	private final Map<Key, OutboundMessage> byKey = new LinkedHashMap<>();

	private int bytes;

	/**
	 * Holds a push, unless a newer one of its key is held.
	 * @return whether one of two pushes is dropped
	 */
	synchronized boolean hold(@Nullable Object key, OutboundMessage push) {
		Key full = new Key(push.route(), key);
		OutboundMessage held = this.byKey.get(full);
		if (held == null || held.createdNanos() - push.createdNanos() < 0) {
			this.byKey.put(full, push);
			this.bytes += queuedBytes(push) - ((held != null) ? queuedBytes(held) : 0);
		}
		return held != null;
	}

	/**
	 * Decides whether to send a push, and drops an older one of its key.
	 * @return false when a newer one is held, so that this one must not be sent
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
		this.bytes -= queuedBytes(held);
		return true;
	}

	/** Returns the bytes that are held for other keys than that of a push. */
	synchronized int bytesBeside(@Nullable Object key, OutboundMessage push) {
		OutboundMessage held = this.byKey.get(new Key(push.route(), key));
		return this.bytes - ((held != null) ? queuedBytes(held) : 0);
	}

	synchronized boolean isEmpty() {
		return this.byKey.isEmpty();
	}

	/** Removes and returns the pushes that were made until a time. */
	synchronized List<OutboundMessage> takeUntil(long nanos) {
		List<OutboundMessage> due = new ArrayList<>();
		Iterator<OutboundMessage> all = this.byKey.values().iterator();
		while (all.hasNext()) {
			OutboundMessage push = all.next();
			if (push.createdNanos() - nanos <= 0) {
				all.remove();
				this.bytes -= queuedBytes(push);
				due.add(push);
			}
		}
		return due;
	}

	/** Returns the bytes for which a queued message counts. */
	static int queuedBytes(OutboundMessage message) {
		return message.body().length + MESSAGE_OVERHEAD;
	}

	private record Key(String route, @Nullable Object key) {
	}

}
