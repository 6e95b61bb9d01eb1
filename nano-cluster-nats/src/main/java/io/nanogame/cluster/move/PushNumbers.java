package io.nanogame.cluster.move;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The numbers of the pushes that nodes send to several sessions: those of this node, and
 * those that it has received. Thread-safe.
 */
public final class PushNumbers {

	private final AtomicLong last = new AtomicLong();

	private final Map<String, ReceivedPushes> received = new ConcurrentHashMap<>();

	/** Returns the number of a push that this node sends, above the earlier ones. */
	long next() {
		return this.last.incrementAndGet();
	}

	/**
	 * Returns the number of the last push of this node.
	 * @return 0 if there was none
	 */
	public long last() {
		return this.last.get();
	}

	/**
	 * Forgets a node that is gone.
	 * @param node the id of the node
	 */
	public void forget(String node) {
		this.received.remove(node);
	}

	/** Receives the push of a number on a node, before it is delivered. */
	void receive(String from, long number) {
		this.received.merge(from, ReceivedPushes.NONE.with(number), (before, now) -> before.with(number));
	}

	/**
	 * Returns the received pushes, for the next owner of a session.
	 * @param self the id of this node
	 * @return the pushes by the node that has sent them, also those of this node
	 */
	public Map<String, ReceivedPushes> received(String self) {
		Map<String, ReceivedPushes> all = new HashMap<>(this.received);
		all.put(self, ReceivedPushes.upTo(this.last.get()));
		return all;
	}

}
