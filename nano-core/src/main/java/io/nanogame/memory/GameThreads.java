package io.nanogame.memory;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.nanogame.time.RealTime;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The threads that run all tasks of a server, and know when none is left. Tasks may
 * block. Tasks on the game's own threads are not counted. Thread-safe.
 */
public final class GameThreads implements AutoCloseable {

	private final ExecutorService threads = Executors
		.newCachedThreadPool(new DefaultThreadFactory("nano-memory", true));

	// Guarded by this

	/** Queued and running tasks. */
	private int busy;

	/**
	 * Returns the executor. This class does not implement Executor itself, so that Boot
	 * does not find it as a bean of that type.
	 * @return runs tasks in parallel; rejects them when the threads are closed
	 */
	public Executor executor() {
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
	 * Waits until no task is left. Blocks; must not be called on one of these threads.
	 * @param limit how long to wait at most, in real time
	 * @throws IllegalStateException if tasks are left then, or the caller is interrupted
	 */
	public synchronized void awaitIdle(Duration limit) {
		long end = RealTime.nanoTime() + limit.toNanos();
		while (this.busy > 0) {
			long left = end - RealTime.nanoTime();
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

	/** Interrupts the tasks that run, and rejects all others. Does not block. */
	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
