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
 * A running timer, made by {@link Timers}.
 */
public final class Timer {

	private static final Logger log = LoggerFactory.getLogger(Timer.class);

	private final Timers timers;

	private final long intervalNanos;

	private final BooleanSupplier condition;

	private final Executor lane;

	private final Runnable task;

	private final AtomicLong turnsLeft;

	/** Whether the task was handed to the lane and has not ended. */
	private final AtomicBoolean busy = new AtomicBoolean();

	private volatile boolean cancelled;

	private volatile @Nullable Timeout timeout;

	/** When the next turn is due. The timer thread's own. */
	private long dueNanos;

	/** The timer thread's own. */
	private boolean skipLogged;

	Timer(Timers timers, Duration interval, long times, BooleanSupplier condition, Executor lane, Runnable task) {
		if (interval.isNegative() || (interval.isZero() && times > 1)) {
			throw new IllegalArgumentException("A timer needs an interval above zero, not " + interval);
		}
		if (times < 1) {
			throw new IllegalArgumentException("A timer runs at least once, not " + times + " times");
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
	 * Stops the timer. A task that is running ends; none starts any more. Any thread, any
	 * number of times.
	 */
	public void cancel() {
		this.cancelled = true;
		Timeout waiting = this.timeout;
		if (waiting != null) {
			waiting.cancel();
		}
		this.timers.forget(this);
	}

	/**
	 * Whether the timer will run again.
	 * @return false once it was cancelled or has run its number of times
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

	/** Timer thread: hands the task to its lane and plans the next turn. */
	void due() {
		if (!isActive()) {
			return;
		}
		if (this.busy.compareAndSet(false, true)) {
			// Looked at before the lane may count this turn off.
			boolean lastTurn = this.turnsLeft.get() <= 1;
			if (handToLane() && lastTurn) {
				return;
			}
		}
		else {
			skip(1, "its task is not done with the one before");
		}
		planNextTurn();
	}

	/** Turns that should have been by now are left out. */
	private void planNextTurn() {
		long leftOut = Math.max(0, this.timers.nanoTime() - this.dueNanos) / this.intervalNanos;
		this.dueNanos += this.intervalNanos * (leftOut + 1);
		if (leftOut > 0) {
			skip(leftOut, "the timer is late");
		}
		try {
			schedule();
		}
		catch (IllegalStateException ex) {
			// All timers are stopped in this moment, and this one was cancelled first.
			log.trace("No further turn", ex);
		}
	}

	private boolean handToLane() {
		try {
			this.lane.execute(this::turn);
			return true;
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			this.busy.set(false);
			skip(1, "its lane takes no task: " + Lane.refusal(ex).getMessage());
			return false;
		}
	}

	/** Timer thread. One line a timer is enough; the others are counted. */
	private void skip(long turns, String why) {
		this.timers.skipped(turns);
		if (!this.skipLogged) {
			this.skipLogged = true;
			log.info("A timer with an interval of {} ms skipped {} of its turns, because {}; "
					+ "further ones are counted and not logged", this.intervalNanos / 1_000_000, turns, why);
		}
	}

	/** Lane. */
	private void turn() {
		if (!this.timers.begin()) {
			return;
		}
		try {
			if (isActive() && this.condition.getAsBoolean()) {
				if (this.turnsLeft.decrementAndGet() == 0) {
					this.timers.forget(this);
				}
				this.task.run();
			}
		}
		catch (Throwable ex) {
			log.error("The task of a timer failed; the timer lives on", ex);
		}
		finally {
			this.timers.end();
			this.busy.set(false);
		}
	}

}
