package io.nanogame.cluster.user;

import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.time.TimeSource;

/**
 * A clock that never runs backwards and is never behind a stamp that it has received (a
 * hybrid logical clock): the time of day in milliseconds, and a count of 16 bits within
 * one millisecond. It stays as far ahead of the time of this node as the farthest
 * received stamp was. So of two logins the later one has the greater stamp, even if the
 * clocks of their nodes differ, as soon as these have received stamps of each other.
 * Thread-safe.
 */
final class ClusterClock {

	private static final int COUNT_BITS = 16;

	private final TimeSource time;

	private final AtomicLong last = new AtomicLong();

	/** The maximum lead of received stamps over the time of this node. */
	private final AtomicLong ahead = new AtomicLong();

	ClusterClock(TimeSource time) {
		this.time = time;
	}

	long next() {
		long now = now() + this.ahead.get();
		return this.last.updateAndGet((before) -> Math.max(before + 1, now));
	}

	void received(long stamp) {
		this.last.accumulateAndGet(stamp, Math::max);
		this.ahead.accumulateAndGet(stamp - now(), Math::max);
	}

	private long now() {
		return this.time.currentTimeMillis() << COUNT_BITS;
	}

}
