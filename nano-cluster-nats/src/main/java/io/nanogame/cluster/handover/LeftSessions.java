package io.nanogame.cluster.handover;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.time.TimeSource;

/**
 * The sessions that have left this node a short time ago. While a gateway queries one
 * node after the other, a session may move from one that has not replied to one that has.
 * No such query takes longer than {@link #MEMORY}. Thread-safe.
 */
final class LeftSessions {

	private static final Duration MEMORY = Pull.PATIENCE.multipliedBy(2);

	private final TimeSource time;

	private final Map<Long, Long> leftNanos = new ConcurrentHashMap<>();

	LeftSessions(TimeSource time) {
		this.time = time;
	}

	void add(long session) {
		this.leftNanos.put(session, this.time.nanoTime());
	}

	boolean contains(long session) {
		return this.leftNanos.containsKey(session);
	}

	/** Forgets the sessions that no query can miss any more. */
	void removeOld() {
		long now = this.time.nanoTime();
		this.leftNanos.values().removeIf((left) -> now - left > MEMORY.toNanos());
	}

}
