package io.nanogame.cluster.node;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when nodes are silent. A node says something each interval, and one that was not
 * heard for {@value #PATIENCE} intervals is dead. What it may have said while this node
 * could not hear does not count as silence: a node hears itself as it hears the others.
 * Times are those of {@link System#nanoTime()}. Any thread.
 */
final class Silence {

	static final int PATIENCE = 3;

	private final long intervalNanos;

	private final Map<String, Long> heard = new ConcurrentHashMap<>();

	private volatile long heardSelf;

	/** Before that nothing may have been heard. */
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
			// Of what came meanwhile, this may be the first that is read.
			wasDeaf(now);
		}
		this.heardSelf = now;
	}

	/** This node could not hear until now. */
	void wasDeaf(long now) {
		this.hearingSince = now;
	}

	void forget(String id) {
		this.heard.remove(id);
	}

	/** Whether the last two intervals were not silent for want of hearing. */
	boolean hearsItself(long now) {
		return now - this.heardSelf <= 2 * this.intervalNanos;
	}

	/** Whether a node that hears no more than this one is dead to the others. */
	boolean heardItself(long now) {
		return now - this.heardSelf <= PATIENCE * this.intervalNanos;
	}

	/** Those that are dead. */
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
