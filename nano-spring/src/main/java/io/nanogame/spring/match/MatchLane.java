package io.nanogame.spring.match;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Timers;

/**
 * A lane that runs each task, if it is full a moment later, and its timers. Thread-safe.
 */
final class MatchLane implements Executor {

	private static final Duration RETRY = Duration.ofMillis(100);

	private final Lane lane;

	private final Timers timers;

	MatchLane(Lane lane, Timers timers) {
		this.lane = lane;
		this.timers = timers;
	}

	Lane lane() {
		return this.lane;
	}

	long nanoTime() {
		return this.timers.nanoTime();
	}

	@Override
	public void execute(Runnable task) {
		try {
			this.lane.execute(task);
		}
		catch (RejectedExecutionException ex) {
			after(RETRY, task);
		}
	}

	/** Runs a task once, unless the server stops before. */
	void after(Duration delay, Runnable task) {
		try {
			this.timers.after(delay, this.lane, task);
		}
		catch (IllegalStateException ex) {
			// The server has stopped, and with it the timers.
		}
	}

}
