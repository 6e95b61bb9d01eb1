package io.nanogame.boot.test.slice;

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
 * The time of a slice, which stands still until the test advances it. Timers, time-outs
 * of requests, heartbeats and rate limits use it. Calls of {@link System} or a
 * {@link java.time.Clock}, and a game's own schedulers, do not.
 * <p>
 * Thread-safe; only {@link #advance} is confined to the thread of the test.
 */
public final class VirtualTime implements TimeSource {

	private static final Logger log = LoggerFactory.getLogger(VirtualTime.class);

	/** How long the tasks of one moment may take, in real time. */
	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

	private final GameThreads threads;

	// Guarded by this

	private final Queue<Alarm> alarms = new PriorityQueue<>();

	private long lastNumber;

	private long nowNanos;

	private boolean stopped;

	/**
	 * Creates a time that begins at zero.
	 * @param threads finish the tasks of each moment before the time advances to the next
	 */
	public VirtualTime(GameThreads threads) {
		this.threads = threads;
	}

	/**
	 * Advances the time, from the due time of one timer to that of the next, and waits
	 * each time until the game has finished its tasks. Returns when all tasks that were
	 * due are done.
	 * @param duration by how much to advance
	 * @throws IllegalStateException if the game does not finish its tasks
	 */
	public void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("Time does not go back: " + duration);
		}
		this.threads.awaitIdle(LIMIT);
		long end = nanoTime() + duration.toNanos();
		Alarm due;
		while ((due = next(end)) != null) {
			due.ring();
			this.threads.awaitIdle(LIMIT);
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

	@Override
	public synchronized long nanoTime() {
		return this.nowNanos;
	}

	/** Returns the date; the time begins on 2026-01-01. */
	@Override
	public long currentTimeMillis() {
		return BEGIN.plusNanos(nanoTime()).toEpochMilli();
	}

	@Override
	public synchronized Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
		if (this.stopped) {
			throw new IllegalStateException("The game has stopped, and time with it");
		}
		Alarm alarm = new Alarm(task, this.nowNanos + Math.max(0, unit.toNanos(delay)), ++this.lastNumber);
		this.alarms.add(alarm);
		return alarm;
	}

	@Override
	public synchronized Set<Timeout> stop() {
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
			return VirtualTime.this;
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
