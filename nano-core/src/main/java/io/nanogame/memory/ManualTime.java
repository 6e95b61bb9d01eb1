package io.nanogame.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.nanogame.time.TimeSource;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A virtual time: it stands still until {@link #advance}. Timers, time-outs of requests,
 * heartbeats and rate limits of a server use it. Calls of {@link System} or a
 * {@link java.time.Clock}, and a game's own schedulers, do not.
 * <p>
 * Thread-safe; only {@link #advance} is confined to one thread, that of the test.
 */
public class ManualTime implements TimeSource {

	private static final Logger log = LoggerFactory.getLogger(ManualTime.class);

	/** How long the tasks of one moment may take, in real time. */
	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

	/** Finishes the tasks of a moment. */
	private final Runnable finish;

	// Guarded by this

	private final Queue<Alarm> alarms = new PriorityQueue<>();

	private long lastNumber;

	private long nowNanos;

	private boolean stopped;

	/**
	 * Creates a time that begins at zero.
	 * @param threads finish the tasks of each moment before the time advances to the next
	 */
	public ManualTime(GameThreads threads) {
		this(() -> threads.awaitIdle(LIMIT));
	}

	/**
	 * Creates a time that begins at zero.
	 * @param finish finishes the tasks of a moment; called by {@link #advance} before the
	 * time advances to the next
	 */
	public ManualTime(Runnable finish) {
		this.finish = finish;
	}

	/**
	 * Advances the time, from the due time of one timer to that of the next, and waits
	 * each time until the game has finished its tasks. Returns when all tasks that were
	 * due are done.
	 * @param duration by how much to advance
	 * @throws IllegalArgumentException if the duration is negative
	 * @throws IllegalStateException if the game does not finish its tasks
	 */
	public final void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("Time does not go back: " + duration);
		}
		this.finish.run();
		long end = nanoTime() + duration.toNanos();
		Alarm due;
		while ((due = next(end)) != null) {
			due.ring();
			this.finish.run();
		}
		synchronized (this) {
			this.nowNanos = end;
		}
	}

	/** Advances to the due time of the next alarm. */
	private synchronized @Nullable Alarm next(long endNanos) {
		Alarm first = this.alarms.peek();
		if (first == null || first.dueNanos > endNanos) {
			return null;
		}
		this.nowNanos = Math.max(this.nowNanos, first.dueNanos);
		return this.alarms.poll();
	}

	/**
	 * Returns the time by which this was advanced. Thread-safe.
	 * @return nanoseconds since this was created
	 */
	@Override
	public final synchronized long nanoTime() {
		return this.nowNanos;
	}

	/**
	 * Returns the date. Thread-safe.
	 * @return milliseconds since 1970; the time begins on 2026-01-01 at 00:00 UTC
	 */
	@Override
	public final long currentTimeMillis() {
		return BEGIN.plusNanos(nanoTime()).toEpochMilli();
	}

	/**
	 * Schedules a task. Thread-safe.
	 * @param task runs in {@link #advance}, on the thread that calls it; a failure is
	 * logged
	 * @param delay from now; not before now when it is negative
	 * @param unit the unit of the delay
	 * @return the scheduled task, which may be cancelled
	 * @throws IllegalStateException if the time is stopped
	 */
	@Override
	public final synchronized Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
		if (this.stopped) {
			throw new IllegalStateException("The game has stopped, and time with it");
		}
		Alarm alarm = new Alarm(task, this.nowNanos + Math.max(0, unit.toNanos(delay)), ++this.lastNumber);
		this.alarms.add(alarm);
		return alarm;
	}

	/**
	 * Rejects further tasks. Thread-safe.
	 * @return the tasks that have not run and never will
	 */
	@Override
	public final synchronized Set<Timeout> stop() {
		Set<Timeout> left = this.alarms.stream().collect(Collectors.toSet());
		this.alarms.clear();
		this.stopped = true;
		return left;
	}

	private synchronized boolean remove(Alarm alarm) {
		return this.alarms.remove(alarm);
	}

	private final class Alarm implements Timeout, Comparable<Alarm> {

		private final TimerTask task;

		private final long dueNanos;

		/** Orders alarms that are due at the same time by their creation. */
		private final long number;

		private volatile boolean cancelled;

		private volatile boolean expired;

		Alarm(TimerTask task, long dueNanos, long number) {
			this.task = task;
			this.dueNanos = dueNanos;
			this.number = number;
		}

		void ring() {
			this.expired = true;
			try {
				this.task.run(this);
			}
			catch (Exception ex) {
				log.error("A timer task failed", ex);
			}
		}

		@Override
		public int compareTo(Alarm other) {
			int byTime = Long.compare(this.dueNanos, other.dueNanos);
			return (byTime != 0) ? byTime : Long.compare(this.number, other.number);
		}

		@Override
		public io.netty.util.Timer timer() {
			return ManualTime.this;
		}

		@Override
		public TimerTask task() {
			return this.task;
		}

		@Override
		public boolean isExpired() {
			return this.expired;
		}

		@Override
		public boolean isCancelled() {
			return this.cancelled;
		}

		@Override
		public boolean cancel() {
			this.cancelled = remove(this);
			return this.cancelled;
		}

	}

}
