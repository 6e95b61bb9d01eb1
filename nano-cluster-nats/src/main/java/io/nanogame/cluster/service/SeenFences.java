package io.nanogame.cluster.service;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.service.ServiceAddress;
import io.nanogame.time.TimeSource;

/**
 * The highest fence that this node has seen of each claimed instance. It is remembered as
 * long as an earlier owner may send. Thread-safe.
 */
final class SeenFences {

	private final TimeSource time;

	private final Duration memory;

	private final Map<ServiceAddress, Seen> highest = new ConcurrentHashMap<>();

	private volatile long sweptNanos;

	/**
	 * Creates an empty memory.
	 * @param time the time
	 * @param memory for how long a fence is remembered after it was last seen
	 */
	SeenFences(TimeSource time, Duration memory) {
		this.time = time;
		this.memory = memory;
		this.sweptNanos = time.nanoTime();
	}

	/** Returns the highest fence of an instance; 0 if none is remembered. */
	long highest(ServiceAddress instance) {
		Seen seen = this.highest.get(instance);
		return (seen != null && !isOld(seen, this.time.nanoTime())) ? seen.fence() : 0;
	}

	/** Returns whether a fence is not that of an earlier owner; 0 means none. */
	boolean admits(ServiceAddress instance, long fence) {
		if (fence == 0) {
			return true;
		}
		long now = this.time.nanoTime();
		Seen latest = this.highest.merge(instance, new Seen(fence, now),
				(seen, other) -> (other.fence() >= seen.fence() || isOld(seen, now)) ? other : seen);
		sweep(now);
		return latest.fence() == fence;
	}

	private void sweep(long now) {
		if (now - this.sweptNanos > this.memory.toNanos()) {
			this.sweptNanos = now;
			this.highest.values().removeIf((seen) -> isOld(seen, now));
		}
	}

	private boolean isOld(Seen seen, long now) {
		return now - seen.nanos() > this.memory.toNanos();
	}

	/** A fence, and when it was last seen. */
	private record Seen(long fence, long nanos) {
	}

}
