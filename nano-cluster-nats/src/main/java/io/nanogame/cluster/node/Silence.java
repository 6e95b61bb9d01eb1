package io.nanogame.cluster.node;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The times of the last announcements. A node is gone when none has arrived within the
 * patience. The time in which this node itself could not receive does not count: it also
 * receives its own announcements, on the same path. Times are nanoseconds of the node's
 * time. Thread-safe.
 */
final class Silence {

	/** How late an announcement may be, as a part of a heartbeat. */
	private static final int MARGIN = 4;

	private final long heartbeatNanos;

	private final long patienceNanos;

	private final Map<String, Long> heard = new ConcurrentHashMap<>();

	private volatile long heardSelf;

	/** Announcements from before this time may have been missed. */
	private volatile long hearingSince;

	/** When late announcements were last looked for. Confined to one thread. */
	private long lastLook;

	Silence(MembershipSettings settings, long now) {
		this.heartbeatNanos = settings.heartbeat().toNanos();
		this.patienceNanos = settings.patience().toNanos();
		this.heardSelf = now;
		this.hearingSince = now;
		this.lastLook = now;
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
	 * Returns whether this node has received its own announcement in the last two
	 * heartbeats.
	 */
	boolean hearsItself(long now) {
		return now - this.heardSelf <= 2 * this.heartbeatNanos;
	}

	/**
	 * Returns whether this node has received its own announcement recently enough not to
	 * be gone for others.
	 */
	boolean heardItself(long now) {
		return now - this.heardSelf <= this.patienceNanos;
	}

	/** Called when this node has not been able to receive since it was created. */
	void neverHeard(long now) {
		this.heardSelf = now - this.patienceNanos - 1;
	}

	/**
	 * Returns whether each node that is up has had time to announce itself while this one
	 * could receive.
	 */
	boolean hasHeardAll(long now) {
		long margin = this.heartbeatNanos / MARGIN;
		return hearsItself(now) && now - this.hearingSince >= this.heartbeatNanos + margin;
	}

	/** Returns the time since this node has received its own announcement. */
	long selfNanos(long now) {
		return now - this.heardSelf;
	}

	/** Returns the nodes that are gone. */
	List<String> tooLong(Collection<String> ids, long now) {
		if (!hearsItself(now)) {
			wasDeaf(now);
			return List.of();
		}
		return ids.stream().filter((id) -> isTooLong(id, now)).toList();
	}

	/**
	 * Returns the nodes of which an announcement is missing. None while those of this
	 * node are late, too. None if the last look is half a heartbeat ago: this node may
	 * have paused, and has not read the announcements of that time yet. An announcement
	 * that is half a heartbeat late was due before a shorter pause.
	 */
	List<String> late(Collection<String> ids, long now) {
		boolean mayHavePaused = now - this.lastLook >= this.heartbeatNanos / 2;
		this.lastLook = now;
		return (mayHavePaused || isLate(selfNanos(now))) ? List.of()
				: ids.stream().filter((id) -> isLate(nanos(id, now))).toList();
	}

	private boolean isLate(long nanos) {
		return nanos >= this.heartbeatNanos + this.heartbeatNanos / 2;
	}

	private boolean isTooLong(String id, long now) {
		return nanos(id, now) >= this.patienceNanos;
	}

	/** Returns how long a node has been silent while this one could receive. */
	private long nanos(String id, long now) {
		long since = this.hearingSince;
		long last = this.heard.getOrDefault(id, since);
		return now - ((last - since > 0) ? last : since);
	}

}
