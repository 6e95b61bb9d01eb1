package io.nanogame.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * A pool whose threads run one at a time, on request of a schedule, and stop where a task
 * {@link #block blocks}, so that a schedule is reproducible.
 */
final class StepwiseThreads implements Executor, AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Semaphore schedule = new Semaphore(0);

	private final List<Runnable> waiting = new ArrayList<>();

	private final List<Semaphore> blocked = new ArrayList<>();

	private boolean full;

	private Throwable failure;

	@Override
	public void execute(Runnable task) {
		if (this.full) {
			throw new RejectedExecutionException("full");
		}
		this.waiting.add(task);
	}

	void full(boolean isFull) {
		this.full = isFull;
	}

	boolean hasWaiting() {
		return !this.waiting.isEmpty();
	}

	boolean hasBlocked() {
		return !this.blocked.isEmpty();
	}

	/** Runs a random queued task until it ends or blocks. */
	void runAny(Random random) {
		Runnable task = this.waiting.remove(random.nextInt(this.waiting.size()));
		this.threads.execute(() -> {
			try {
				task.run();
			}
			catch (Throwable ex) {
				this.failure = ex;
			}
			this.schedule.release();
		});
		awaitSchedule();
	}

	/** Continues a random blocked task until it ends or blocks again. */
	void unblockAny(Random random) {
		this.blocked.remove(random.nextInt(this.blocked.size())).release();
		awaitSchedule();
	}

	private void awaitSchedule() {
		this.schedule.acquireUninterruptibly();
		if (this.failure != null) {
			throw new AssertionError(this.failure);
		}
	}

	/** Blocks the calling task until the schedule continues it. */
	void block() {
		Semaphore turn = new Semaphore(0);
		this.blocked.add(turn);
		this.schedule.release();
		turn.acquireUninterruptibly();
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
