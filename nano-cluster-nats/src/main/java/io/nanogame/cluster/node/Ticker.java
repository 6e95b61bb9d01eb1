package io.nanogame.cluster.node;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.nanogame.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks repeatedly until it is closed or the time stops. A failure of a task is
 * logged. Thread-safe.
 */
public final class Ticker implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Ticker.class);

	private final TimeSource time;

	private final Executor executor;

	private volatile boolean closed;

	/**
	 * Creates a ticker without tasks.
	 * @param time when the tasks are due
	 * @param executor runs the tasks
	 */
	public Ticker(TimeSource time, Executor executor) {
		this.time = time;
		this.executor = executor;
	}

	/**
	 * Repeats a task.
	 * @param pause the time between the end of a run and the next one, at least 1 ns
	 * @param task must not block
	 */
	public void every(Duration pause, Runnable task) {
		if (this.closed) {
			return;
		}
		try {
			this.time.newTimeout((timeout) -> execute(() -> run(pause, task)), pause.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException | RejectedExecutionException ex) {
			log.debug("The time has stopped, and the repeated tasks with it");
		}
	}

	private void run(Duration pause, Runnable task) {
		if (this.closed) {
			return;
		}
		try {
			task.run();
		}
		catch (Throwable ex) {
			log.error("A repeated task failed", ex);
		}
		every(pause, task);
	}

	/**
	 * Runs a task once, unless the threads have ended.
	 * @param task must not block
	 */
	public void execute(Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			log.debug("The threads have ended, and the repeated tasks with them");
		}
	}

	/**
	 * Returns the elapsed time.
	 * @return nanoseconds of {@link TimeSource#nanoTime()}
	 */
	public long nanoTime() {
		return this.time.nanoTime();
	}

	/**
	 * Returns the date.
	 * @return milliseconds since 1970
	 */
	long currentTimeMillis() {
		return this.time.currentTimeMillis();
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
