package io.nanogame.boot.test.slice;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.DefaultThreadFactory;

import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.support.TaskExecutorAdapter;

/**
 * The threads that run all tasks of a slice's game, and know when none is left. Tasks on
 * the game's own threads are not counted. Thread-safe.
 */
public final class GameThreads implements AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool(new DefaultThreadFactory("nano-slice", true));

	// Guarded by this

	/** Queued and running tasks. */
	private int busy;

	/**
	 * Returns the executor. This class does not implement Executor itself, so that Boot
	 * does not find it as a bean of that type.
	 */
	Executor executor() {
		return (task) -> {
			began();
			try {
				this.threads.execute(() -> run(task));
			}
			catch (RuntimeException ex) {
				ended();
				throw ex;
			}
		};
	}

	/**
	 * Returns the threads as the task executor of an application.
	 * @return an executor for components
	 */
	public AsyncTaskExecutor taskExecutor() {
		return new TaskExecutorAdapter(executor());
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		finally {
			ended();
		}
	}

	private synchronized void began() {
		this.busy++;
	}

	private synchronized void ended() {
		this.busy--;
		if (this.busy == 0) {
			notifyAll();
		}
	}

	/**
	 * Waits until no task is left. Must not be called on one of these threads.
	 * @param limit how long to wait at most
	 * @throws IllegalStateException if tasks are left then
	 */
	synchronized void awaitIdle(Duration limit) {
		long end = System.nanoTime() + limit.toNanos();
		while (this.busy > 0) {
			long left = end - System.nanoTime();
			if (left <= 0) {
				throw new IllegalStateException("The game is still busy after %d ms: does a handler wait for something?"
					.formatted(limit.toMillis()));
			}
			try {
				TimeUnit.NANOSECONDS.timedWait(this, left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("The wait for the game was interrupted", ex);
			}
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
