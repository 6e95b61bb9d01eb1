package io.nanogame.lane;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An executor whose tasks run on the thread of the test, on request. Can reject all
 * tasks.
 */
public final class ManualExecutor implements Executor {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger refusals = new AtomicInteger();

	private volatile boolean full;

	@Override
	public void execute(Runnable task) {
		if (this.full) {
			this.refusals.incrementAndGet();
			throw new RejectedExecutionException("full");
		}
		this.tasks.add(task);
	}

	public ManualExecutor full(boolean isFull) {
		this.full = isFull;
		return this;
	}

	public int waiting() {
		return this.tasks.size();
	}

	public int refusals() {
		return this.refusals.get();
	}

	public void runNext() {
		this.tasks.remove().run();
	}

	/** Runs all tasks, and the tasks that these submit. */
	public void runAll() {
		Runnable task;
		while ((task = this.tasks.poll()) != null) {
			task.run();
		}
	}

}
