package io.nanogame.benchmarks.load;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import io.netty.channel.EventLoop;

/**
 * Does something at a fixed rate, whatever comes of it, and tells when each turn was due.
 * A turn that starts late is still counted from then, so a server that holds up the
 * clients cannot hide it. Event loop.
 */
final class Pacer {

	private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

	private final double perSecond;

	private final LongConsumer turn;

	private final long startNanos = System.nanoTime();

	private final Future<?> ticks;

	private long turns;

	/**
	 * Starts.
	 * @param loop where turns happen
	 * @param perSecond how many
	 * @param turn given the {@link System#nanoTime() time} it was due
	 */
	Pacer(EventLoop loop, int perSecond, LongConsumer turn) {
		this.perSecond = perSecond;
		this.turn = turn;
		this.ticks = loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.MILLISECONDS);
	}

	private void tick() {
		long now = System.nanoTime();
		for (long due = due(); due <= now; due = due()) {
			this.turns++;
			this.turn.accept(due);
		}
	}

	private long due() {
		return this.startNanos + (long) (this.turns * NANOS / this.perSecond);
	}

	void stop() {
		this.ticks.cancel(false);
	}

}
