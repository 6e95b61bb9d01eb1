package io.nanogame.benchmarks.load;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import io.netty.channel.EventLoop;

/**
 * Runs a task at a fixed rate, and passes the time at which each turn was due. Latency is
 * counted from then, so delays of the clients that the server causes are not hidden.
 * Confined to the event loop.
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
	 * @param loop runs the turns
	 * @param perSecond the rate
	 * @param turn receives the {@link System#nanoTime() time} at which it was due
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
