package io.nanogame.cluster.node;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The times of the last heartbeats. A node sends one each interval, and is dead when none
 * has arrived for {@value #PATIENCE} intervals. The time in which this node itself could
 * not receive does not count: it also receives its own heartbeats, on the same path.
 * Times are those of {@link System#nanoTime()}. Thread-safe.
 */
final class Silence {

	static final int PATIENCE = 3;

	private final long intervalNanos;

	private final Map<String, Long> heard = new ConcurrentHashMap<>();

	private volatile long heardSelf;

	/** Heartbeats from before this time may have been missed. */
	private volatile long hearingSince;

	Silence(Duration interval, long now) {
		this.intervalNanos = interval.toNanos();
		this.heardSelf = now;
		this.hearingSince = now;
	}

	void heard(String id, long now) {
		this.heard.put(id, now);
	}

	void heardSelf(long now) {
		if (!hearsItself(now)) {
			// This may be the first message that is read after a pause.
			wasDeaf(now);
		}
		this.heardSelf = now;
	}

	/** Called when this node could not receive until now. */
	void wasDeaf(long now) {
		this.hearingSince = now;
	}

	void forget(String id) {
		this.heard.remove(id);
	}

	/**
	 * Returns whether this node has received its own heartbeats in the last two
	 * intervals.
	 */
	boolean hearsItself(long now) {
		return now - this.heardSelf <= 2 * this.intervalNanos;
	}

	/**
	 * Returns whether this node has received its own heartbeats recently enough not to be
	 * dead for others.
	 */
	boolean heardItself(long now) {
		return now - this.heardSelf <= PATIENCE * this.intervalNanos;
	}

	/** Returns the dead nodes. */
	List<String> tooLong(Collection<String> ids, long now) {
		if (!hearsItself(now)) {
			wasDeaf(now);
			return List.of();
		}
		return ids.stream().filter((id) -> isTooLong(id, now)).toList();
	}

	private boolean isTooLong(String id, long now) {
		long since = this.hearingSince;
		long last = this.heard.getOrDefault(id, since);
		return now - ((last - since > 0) ? last : since) >= PATIENCE * this.intervalNanos;
	}

}
