package io.nanogame.lane;

import java.time.Duration;
import java.util.function.Consumer;

/** Measures the time between the turns of a timer. Confined to its lane. */
final class Tick implements Runnable {

	private final Timers timers;

	private final Consumer<Duration> task;

	private long lastNanos;

	Tick(Timers timers, Consumer<Duration> task) {
		this.timers = timers;
		this.task = task;
		this.lastNanos = timers.nanoTime();
	}

	@Override
	public void run() {
		long now = this.timers.nanoTime();
		Duration elapsed = Duration.ofNanos(now - this.lastNanos);
		this.lastNanos = now;
		this.task.accept(elapsed);
	}

}
