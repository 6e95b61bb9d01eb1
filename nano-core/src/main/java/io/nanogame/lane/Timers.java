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
 * Timers whose tasks run on a lane, so that game code needs no lock against them. Any
 * thread may start and cancel them.
 * <p>
 * A task that throws is logged and its timer lives on. A task that is still running, or
 * still waiting for its lane, when it is due again skips that turn; a turn its lane
 * refuses is skipped too. Each timer logs the first turn it skips, and all are counted.
 * An interval below the precision counts as the precision, which is logged.
 */
public final class Timers {

	private static final Logger log = LoggerFactory.getLogger(Timers.class);

	private final TimeSource time;

	private final Executor lane;

	private final Duration precision;

	private final Set<Timer> active = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean belowPrecision = new AtomicBoolean();

	private final LongAdder skipped = new LongAdder();

	/** Tasks that run right now. */
	private final AtomicInteger running = new AtomicInteger();

	private volatile boolean stopped;

	/**
	 * Timers. No thread is started before the first timer is.
	 * @param lane where tasks run that name no lane of their own
	 * @param precision how late a timer may be, and how often conditions are looked at;
	 * at least a millisecond
	 */
	public Timers(Executor lane, Duration precision) {
		this(lane, precision, TimeSource.passing(atLeastOneMillisecond(precision)));
	}

	/**
	 * Timers that go by a time of their own.
	 * @param lane where tasks run that name no lane of their own
	 * @param precision as of {@link #Timers(Executor, Duration)}
	 * @param time stopped with the timers
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
	 * Runs a task again and again, first after one interval.
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
	 * Runs a task again and again, first after one interval, and passes it the time that
	 * has passed.
	 * @param interval from start to start
	 * @param task given the time from the start of the turn before to that of this one;
	 * the first time, since now. More than the interval when a turn is late or was
	 * skipped
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
	 * @param times how often, at least once
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
	 * @param delay when, from now
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
	 * Looks at a condition once every precision interval, and runs a task each time it
	 * holds, until the timer is cancelled.
	 * @param condition looked at on the lane, so it may read what the lane guards
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
	 * How many timers are running.
	 * @return those started and neither run out nor cancelled
	 */
	public int count() {
		return this.active.size();
	}

	/**
	 * Cancels all timers and ends the thread. Whoever starts a timer afterwards gets an
	 * {@link IllegalStateException}.
	 */
	public void stop() {
		this.stopped = true;
		this.active.forEach(Timer::cancel);
		this.time.stop();
	}

	/**
	 * Stops, and waits until no task runs any more.
	 * @param timeout how long at most
	 */
	public void stop(Duration timeout) {
		stop();
		// How long a thread is waited for is real, whatever time the game goes by.
		long end = RealTime.nanoTime() + timeout.toNanos();
		while (this.running.get() > 0 && RealTime.nanoTime() - end < 0) {
			LockSupport.parkNanos(1_000_000);
		}
	}

	/**
	 * Lane: a task wants to run. Returns whether it may, and then has to {@link #end}.
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
			forget(timer);
			throw ex;
		}
		return timer;
	}

	/**
	 * The time these timers go by, and with them the whole server.
	 * @return stopped with the timers
	 */
	public TimeSource time() {
		return this.time;
	}

	/**
	 * The present moment of {@link #time()}. Any thread.
	 * @return in nanoseconds since some moment
	 */
	public long nanoTime() {
		return this.time.nanoTime();
	}

	/**
	 * How many turns were skipped, because their task still ran or waited, or its lane
	 * took none.
	 * @return the number since the server was made
	 */
	public long skipped() {
		return this.skipped.sum();
	}

	void skipped(long turns) {
		this.skipped.add(turns);
	}

	/** One line is enough for all of them. */
	void belowPrecision(Duration interval) {
		if (this.belowPrecision.compareAndSet(false, true)) {
			log.warn("A timer's interval of {} is below the timer precision, and counts as {} like all that are",
					interval, this.precision);
		}
	}

	Duration precision() {
		return this.precision;
	}

	Timeout schedule(Timer timer, long delayNanos) {
		return this.time.newTimeout((timeout) -> timer.due(), delayNanos, TimeUnit.NANOSECONDS);
	}

	void forget(Timer timer) {
		this.active.remove(timer);
	}

}
