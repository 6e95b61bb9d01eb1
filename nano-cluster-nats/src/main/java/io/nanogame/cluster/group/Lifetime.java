package io.nanogame.cluster.group;

import java.time.Duration;

import io.nanogame.lane.Timer;
import io.nanogame.lane.Timers;
import org.jspecify.annotations.Nullable;

/**
 * The time until a group expires, as this node counts it. Each node counts from the last
 * call that it knows, and the first one whose time is over closes the group on all nodes.
 * A node that was not called last waits longer: it closes the group if the node that was
 * called is gone. Thread-safe.
 */
final class Lifetime {

	/** How much longer a node waits that was not called last. */
	private static final Duration GRACE = Duration.ofSeconds(10);

	/** The rest of a time that is over already. */
	private static final Duration MIN = Duration.ofMillis(1);

	private final Timers timers;

	private final Runnable end;

	// Guarded by this

	private @Nullable Duration ttl;

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
		this.ttl = period;
		restart(Duration.ZERO);
	}

	/** The game of this node has called {@code renew}. */
	synchronized void renew() {
		restart(Duration.ZERO);
	}

	/** The game of another node has called {@code expireAfter} a while ago. */
	synchronized void startedElsewhere(Duration period, Duration elapsed) {
		this.ttl = period;
		restart(GRACE.minus(elapsed));
	}

	/** The game of another node has called {@code renew} a while ago. */
	synchronized void renewedElsewhere(Duration elapsed) {
		restart(GRACE.minus(elapsed));
	}

	/** Under the lock. */
	private void restart(Duration extra) {
		if (this.ttl == null || this.cancelled) {
			return;
		}
		stop();
		Duration rest = this.ttl.plus(extra);
		this.timer = this.timers.after((rest.compareTo(MIN) > 0) ? rest : MIN, this.end);
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

}
