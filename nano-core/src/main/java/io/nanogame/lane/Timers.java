package io.nanogame.lane;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.nanogame.time.RealTime;
import io.nanogame.time.TimeSource;
import io.netty.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts timers whose tasks run on a lane, so that they need no lock against other code
 * on that lane. Thread-safe.
 * <p>
 * An exception of a task is logged, and its timer continues. A turn is skipped when the
 * task of the previous turn still runs or waits for its lane, and when the lane rejects
 * the task. Each timer logs its first skipped turn, and all are counted. An interval
 * below the precision is raised to the precision, with a warning.
 */
public final class Timers {

	private static final Logger log = LoggerFactory.getLogger(Timers.class);

	private final TimeSource time;

	private final Executor lane;

	private final Duration precision;

	private final Set<Timer> active = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean belowPrecision = new AtomicBoolean();

	private final LongAdder skipped = new LongAdder();

	/** The number of running tasks. */
	private final AtomicInteger running = new AtomicInteger();

	private volatile boolean stopped;

	/**
	 * Creates timers on real time. The first timer starts the timer thread.
	 * @param lane runs the tasks of timers that are started without a lane
	 * @param precision the maximum delay of a turn, and the interval at which conditions
	 * are checked; at least a millisecond
	 */
	public Timers(Executor lane, Duration precision) {
		this(lane, precision, TimeSource.passing(atLeastOneMillisecond(precision)));
	}

	/**
	 * Creates timers on another time, such as the manual time of tests.
	 * @param lane runs the tasks of timers that are started without a lane
	 * @param precision as for {@link #Timers(Executor, Duration)}
	 * @param time the time; stopped with the timers
	 */
	public Timers(Executor lane, Duration precision, TimeSource time) {
		this.lane = lane;
		this.precision = atLeastOneMillisecond(precision);
		this.time = time;
	}

	private static Duration atLeastOneMillisecond(Duration precision) {
		if (precision.toMillis() < 1) {
			throw new IllegalArgumentException("The timer precision must be at least 1ms, not " + precision);
		}
		return precision;
	}

	/**
	 * Runs a task periodically, first after one interval.
	 * @param interval from start to start
	 * @param task what to do
	 * @return the running timer
	 */
	public Timer every(Duration interval, Runnable task) {
		return every(interval, this.lane, task);
	}

	public Timer every(Duration interval, Executor lane, Runnable task) {
		return count(interval, Long.MAX_VALUE, lane, task);
	}

	/**
	 * Runs a task periodically, first after one interval, and passes it the elapsed time.
	 * @param interval from start to start
	 * @param task receives the time between the starts of the previous turn and this one,
	 * or since this call at the first turn. It exceeds the interval when a turn is late
	 * or was skipped
	 * @return the running timer
	 */
	public Timer tick(Duration interval, Consumer<Duration> task) {
		return tick(interval, this.lane, task);
	}

	public Timer tick(Duration interval, Executor lane, Consumer<Duration> task) {
		return every(interval, lane, new Tick(this, task));
	}

	/**
	 * Runs a task a number of times, first after one interval.
	 * @param interval from start to start
	 * @param times the number of turns, at least 1
	 * @param task what to do
	 * @return the running timer
	 */
	public Timer count(Duration interval, long times, Runnable task) {
		return count(interval, times, this.lane, task);
	}

	public Timer count(Duration interval, long times, Executor lane, Runnable task) {
		return start(new Timer(this, interval, times, () -> true, lane, task));
	}

	/**
	 * Runs a task once.
	 * @param delay the time from now
	 * @param task what to do
	 * @return the running timer
	 */
	public Timer after(Duration delay, Runnable task) {
		return count(delay, 1, this.lane, task);
	}

	public Timer after(Duration delay, Executor lane, Runnable task) {
		return count(delay, 1, lane, task);
	}

	/**
	 * Checks a condition once every precision interval, and runs a task each time it is
	 * true, until the timer is cancelled.
	 * @param condition checked on the lane, so it may read state that is confined to the
	 * lane
	 * @param task what to do
	 * @return the running timer
	 */
	public Timer when(BooleanSupplier condition, Runnable task) {
		return when(condition, this.lane, task);
	}

	public Timer when(BooleanSupplier condition, Executor lane, Runnable task) {
		return start(new Timer(this, this.precision, Long.MAX_VALUE, condition, lane, task));
	}

	/**
	 * Returns the number of active timers.
	 * @return the timers that are neither finished nor cancelled
	 */
	public int count() {
		return this.active.size();
	}

	/**
	 * Cancels all timers and ends the timer thread. Starting a timer afterwards throws an
	 * {@link IllegalStateException}.
	 */
	public void stop() {
		this.stopped = true;
		this.active.forEach(Timer::cancel);
		this.time.stop();
	}

	/**
	 * Stops, and waits for running tasks to end.
	 * @param timeout the maximum wait, in real time
	 */
	public void stop(Duration timeout) {
		stop();

		long end = RealTime.nanoTime() + timeout.toNanos();
		while (this.running.get() > 0 && RealTime.nanoTime() - end < 0) {
			LockSupport.parkNanos(1_000_000);
		}
	}

	/**
	 * Returns whether a task may run. If true, the caller must call {@link #end}. Called
	 * on the lane.
	 */
	boolean begin() {
		this.running.incrementAndGet();
		if (this.stopped) {
			end();
			return false;
		}
		return true;
	}

	void end() {
		this.running.decrementAndGet();
	}

	private Timer start(Timer timer) {
		this.active.add(timer);
		try {
			timer.schedule();
		}
		catch (IllegalStateException ex) {
			remove(timer);
			throw ex;
		}
		return timer;
	}

	/**
	 * Returns the time of these timers and of the whole server.
	 * @return the time, which stops with the timers
	 */
	public TimeSource time() {
		return this.time;
	}

	/**
	 * Returns the current value of {@link #time()}.
	 * @return nanoseconds since an arbitrary origin
	 */
	public long nanoTime() {
		return this.time.nanoTime();
	}

	/**
	 * Returns the number of skipped turns.
	 * @return the number since this object was created
	 */
	public long skipped() {
		return this.skipped.sum();
	}

	void skipped(long turns) {
		this.skipped.add(turns);
	}

	/** Logs the first such timer only. */
	void belowPrecision(Duration interval) {
		if (this.belowPrecision.compareAndSet(false, true)) {
			log.warn(
					"A timer's interval of {} is below the timer precision, and is raised to {}; further ones are not logged",
					interval, this.precision);
		}
	}

	Duration precision() {
		return this.precision;
	}

	Timeout schedule(Timer timer, long delayNanos) {
		return this.time.newTimeout((timeout) -> timer.due(), delayNanos, TimeUnit.NANOSECONDS);
	}

	void remove(Timer timer) {
		this.active.remove(timer);
	}

}
