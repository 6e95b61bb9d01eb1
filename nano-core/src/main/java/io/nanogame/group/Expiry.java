package io.nanogame.group;

import java.time.Duration;

import io.nanogame.lane.Timer;
import io.nanogame.lane.Timers;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action unless it is renewed in time. Thread-safe.
 */
final class Expiry {

	private final Timers timers;

	private final Runnable end;

	/** Guarded by this. */
	private @Nullable Duration ttl;

	/** Guarded by this. */
	private @Nullable Timer timer;

	Expiry(Timers timers, Runnable end) {
		this.timers = timers;
		this.end = end;
	}

	synchronized void start(Duration period) {
		if (period.isNegative() || period.isZero()) {
			throw new IllegalArgumentException("The time to live of a group must be positive, not " + period);
		}
		this.ttl = period;
		renew();
	}

	synchronized void renew() {
		if (this.ttl != null) {
			cancel();
			this.timer = this.timers.after(this.ttl, this.end);
		}
	}

	synchronized void cancel() {
		if (this.timer != null) {
			this.timer.cancel();
		}
	}

}
