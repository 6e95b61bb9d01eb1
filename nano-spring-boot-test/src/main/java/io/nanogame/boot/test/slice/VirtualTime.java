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
 * The time of a slice: it stands still until the test moves it on. Timers, time-outs of
 * requests, heartbeats and limits of rates go by it; what a game reads from
 * {@link System} or a {@link java.time.Clock}, or leaves to a scheduler of its own, does
 * not.
 * <p>
 * Any thread; only {@link #advance} belongs to the thread of the test.
 */
public final class VirtualTime implements TimeSource {

	private static final Logger log = LoggerFactory.getLogger(VirtualTime.class);

	/** How long the game may work on one moment, in real time. */
	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

	private final GameThreads threads;

	// Guarded by this

	private final Queue<Alarm> alarms = new PriorityQueue<>();

	private long lastNumber;

	private long nowNanos;

	private boolean stopped;

	/**
	 * A time that begins at zero.
	 * @param threads are done with each moment before the next one comes
	 */
	public VirtualTime(GameThreads threads) {
		this.threads = threads;
	}

	/**
	 * Moves time on, from one moment at which something is due to the next; each time the
	 * game finishes what it has to do. Returns when everything that is due by then is
	 * done.
	 * @param duration how far
	 * @throws IllegalStateException when the game does not finish
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

	/** Goes to the next moment at which something is due. */
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

	/** Begins with the year 2026. */
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

		/** Of two that are due at once, the one that was set first is first. */
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
				log.error("Something that was due failed", ex);
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
