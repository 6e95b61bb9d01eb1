package io.nanogame.cluster.group;

import java.time.Duration;

import io.nanogame.lane.Timer;
import io.nanogame.lane.Timers;
import org.jspecify.annotations.Nullable;

/**
 * The time until a group expires, as this node counts it. Each node counts from the last
 * call that it knows, and the first one whose time is over closes the group on all nodes.
 * A node that was not called last waits longer: it closes the group if the node that was
 * called is gone. Calls of other nodes may arrive late, and not in the order in which
 * they were made. Thread-safe.
 */
final class Lifetime {

	/**
	 * How much longer a node waits that was not called last, and how long it waits at
	 * least: after an interruption the calls of other nodes arrive one after the other.
	 */
	static final Duration GRACE = Duration.ofSeconds(10);

	private final Timers timers;

	private final Runnable end;

	// Guarded by this

	/** The last call of {@code expireAfter}. */
	private @Nullable Expiry expiry;

	/** The last call of any node. */
	private @Nullable Call last;

	private @Nullable Timer timer;

	private boolean cancelled;

	/**
	 * Creates the lifetime of a group that does not expire.
	 * @param timers the timers of this node
	 * @param end called when the time is over
	 */
	Lifetime(Timers timers, Runnable end) {
		this.timers = timers;
		this.end = end;
	}

	/** The game of this node has called {@code expireAfter}. */
	synchronized void start(Duration period) {
		if (period.isNegative() || period.isZero()) {
			throw new IllegalArgumentException("The time to live of a group must be positive, not " + period);
		}
		long now = this.timers.nanoTime();
		this.expiry = new Expiry(period, now);
		this.last = new Call(now, Duration.ZERO);
		restart(Duration.ZERO);
	}

	/** The game of this node has called {@code renew}. */
	synchronized void renew() {
		this.last = new Call(this.timers.nanoTime(), Duration.ZERO);
		restart(Duration.ZERO);
	}

	/** The game of another node has called {@code expireAfter} a while ago. */
	synchronized void startedElsewhere(Duration period, Duration elapsed) {
		long nanos = this.timers.nanoTime() - elapsed.toNanos();
		if (this.expiry == null || nanos - this.expiry.nanos >= 0) {
			this.expiry = new Expiry(period, nanos);
			calledElsewhere(nanos);
			restart(GRACE);
		}
	}

	/** The game of another node has called {@code renew} a while ago. */
	synchronized void renewedElsewhere(Duration elapsed) {
		if (calledElsewhere(this.timers.nanoTime() - elapsed.toNanos())) {
			restart(GRACE);
		}
	}

	/** Returns the calls that count, for a node that does not know them, or null. */
	synchronized @Nullable Calls calls() {
		if (this.expiry == null || this.last == null) {
			return null;
		}
		long now = this.timers.nanoTime();
		return new Calls(this.expiry.ttl, Duration.ofNanos(now - this.expiry.nanos),
				Duration.ofNanos(now - this.last.nanos));
	}

	/** Under the lock. Returns false if a later call is known. */
	private boolean calledElsewhere(long nanos) {
		boolean isLast = this.last == null || nanos - this.last.nanos >= 0;
		if (isLast) {
			this.last = new Call(nanos, GRACE);
		}
		return isLast;
	}

	/** Under the lock. Counts from the last call, and waits for a minimum from now on. */
	private void restart(Duration min) {
		if (this.expiry == null || this.last == null || this.cancelled) {
			return;
		}
		stop();
		Duration elapsed = Duration.ofNanos(this.timers.nanoTime() - this.last.nanos);
		Duration rest = this.expiry.ttl.plus(this.last.extra).minus(elapsed);
		this.timer = this.timers.after((rest.compareTo(min) > 0) ? rest : min, this.end);
	}

	private void stop() {
		if (this.timer != null) {
			this.timer.cancel();
		}
	}

	/** The group is closed, or not used any more. */
	synchronized void cancel() {
		this.cancelled = true;
		stop();
	}

	/**
	 * A call of {@code expireAfter}.
	 *
	 * @param ttl the time to live
	 * @param nanos the time of the call
	 */
	private record Expiry(Duration ttl, long nanos) {
	}

	/**
	 * The last call of {@code expireAfter}, and the last one of any kind.
	 *
	 * @param ttl the time to live
	 * @param sinceExpiry the time since the call of {@code expireAfter}
	 * @param sinceLast the time since the last call
	 */
	record Calls(Duration ttl, Duration sinceExpiry, Duration sinceLast) {
	}

	/**
	 * A call of {@code expireAfter} or {@code renew}.
	 *
	 * @param nanos the time of the call
	 * @param extra how much longer this node waits
	 */
	private record Call(long nanos, Duration extra) {
	}

}
