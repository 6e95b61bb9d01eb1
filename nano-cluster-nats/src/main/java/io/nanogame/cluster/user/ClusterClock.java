package io.nanogame.cluster.user;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that never runs backwards and never behind what it has heard of others (a
 * hybrid logical clock): the time of day in milliseconds, and a count of 16 bits for what
 * comes within one. It goes as far ahead of its own time as the farthest it has heard of,
 * not only as that was then. So of two logins the later one has the greater stamp also
 * when the clocks of their nodes differ, as soon as those have heard of each other. Any
 * thread.
 */
final class ClusterClock {

	private static final int COUNT_BITS = 16;

	private final AtomicLong last = new AtomicLong();

	/** How far others' clocks are ahead of this node's. */
	private final AtomicLong ahead = new AtomicLong();

	long next() {
		long now = time() + this.ahead.get();
		return this.last.updateAndGet((before) -> Math.max(before + 1, now));
	}

	void heard(long stamp) {
		this.last.accumulateAndGet(stamp, Math::max);
		this.ahead.accumulateAndGet(stamp - time(), Math::max);
	}

	private static long time() {
		return System.currentTimeMillis() << COUNT_BITS;
	}

}
