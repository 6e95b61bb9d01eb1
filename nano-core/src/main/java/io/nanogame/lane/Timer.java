package io.nanogame.lane;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import io.netty.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running timer, created by {@link Timers}. Thread-safe.
 */
public final class Timer {

	private static final Logger log = LoggerFactory.getLogger(Timer.class);

	private final Timers timers;

	private final long intervalNanos;

	private final BooleanSupplier condition;

	private final Executor lane;

	private final Runnable task;

	private final AtomicLong turnsLeft;

	/** Whether the task was submitted to the lane and has not ended. */
	private final AtomicBoolean busy = new AtomicBoolean();

	private volatile boolean cancelled;

	private volatile @Nullable Timeout timeout;

	/** The time of the next turn. Confined to the timer thread. */
	private long dueNanos;

	/** Confined to the timer thread. */
	private boolean skipLogged;

	Timer(Timers timers, Duration interval, long times, BooleanSupplier condition, Executor lane, Runnable task) {
		if (interval.isNegative() || (interval.isZero() && times > 1)) {
			throw new IllegalArgumentException("The interval of a timer must be positive, not " + interval);
		}
		if (times < 1) {
			throw new IllegalArgumentException("A timer must run at least once, not " + times + " times");
		}
		this.timers = timers;
		this.intervalNanos = Math.max(interval.toNanos(), timers.precision().toNanos());
		this.turnsLeft = new AtomicLong(times);
		this.condition = condition;
		this.lane = lane;
		this.task = task;
		this.dueNanos = timers.nanoTime() + interval.toNanos();
		if (times > 1 && interval.compareTo(timers.precision()) < 0) {
			timers.belowPrecision(interval);
		}
	}

	/**
	 * Stops the timer. A running task continues to its end, and no further task starts.
	 * Idempotent.
	 */
	public void cancel() {
		this.cancelled = true;
		Timeout scheduled = this.timeout;
		if (scheduled != null) {
			scheduled.cancel();
		}
		this.timers.remove(this);
	}

	/**
	 * Returns whether the timer will run again.
	 * @return false when it was cancelled or has run the requested number of times
	 */
	public boolean isActive() {
		return !this.cancelled && this.turnsLeft.get() > 0;
	}

	void schedule() {
		Timeout next = this.timers.schedule(this, Math.max(0, this.dueNanos - this.timers.nanoTime()));
		this.timeout = next;
		if (this.cancelled) {
			next.cancel();
		}
	}

	/** Submits the task to its lane and schedules the next turn. Timer thread. */
	void due() {
		if (!isActive()) {
			return;
		}
		if (this.busy.compareAndSet(false, true)) {
			// Read before the lane may count this turn.
			boolean lastTurn = this.turnsLeft.get() <= 1;
			if (submitToLane() && lastTurn) {
				return;
			}
		}
		else {
			skip(1, "its task still runs or waits for its lane");
		}
		scheduleNextTurn();
	}

	/** Skips the turns whose time has passed. */
	private void scheduleNextTurn() {
		long missed = Math.max(0, this.timers.nanoTime() - this.dueNanos) / this.intervalNanos;
		this.dueNanos += this.intervalNanos * (missed + 1);
		if (missed > 0) {
			skip(missed, "the timer is late");
		}
		try {
			schedule();
		}
		catch (IllegalStateException ex) {
			// Timers.stop() runs concurrently, and has cancelled this timer.
			log.trace("No further turn of a stopped timer", ex);
		}
	}

	private boolean submitToLane() {
		try {
			this.lane.execute(this::turn);
			return true;
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			this.busy.set(false);
			skip(1, "its lane rejected the task: " + Lane.rejection(ex).getMessage());
			return false;
		}
	}

	/** Logs the first skip of a timer only, and counts all. Timer thread. */
	private void skip(long turns, String why) {
		this.timers.skipped(turns);
		if (!this.skipLogged) {
			this.skipLogged = true;
			log.info("A timer with an interval of {} ms skipped {} of its turns, because {}; "
					+ "further ones are counted and not logged", this.intervalNanos / 1_000_000, turns, why);
		}
	}

	/** Runs the task. On the lane. */
	private void turn() {
		if (!this.timers.begin()) {
			return;
		}
		try {
			if (isActive() && this.condition.getAsBoolean()) {
				if (this.turnsLeft.decrementAndGet() == 0) {
					this.timers.remove(this);
				}
				this.task.run();
			}
		}
		catch (Throwable ex) {
			log.error("A timer task failed; the timer continues", ex);
		}
		finally {
			this.timers.end();
			this.busy.set(false);
		}
	}

}
