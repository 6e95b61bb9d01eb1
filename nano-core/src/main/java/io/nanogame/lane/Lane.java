package io.nanogame.lane;

import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A serial executor: its tasks run one after the other, in the order they came, on
 * threads it borrows. Code that only ever runs on one lane needs no lock.
 * <p>
 * Any thread may hand in tasks. A task that throws is logged, the lane goes on. A lane
 * needs no closing: without tasks it holds no thread.
 */
public final class Lane implements Executor {

	private static final Logger log = LoggerFactory.getLogger(Lane.class);

	/** After so many tasks the lane lets others have the thread. */
	private static final int BATCH = 64;

	private final String name;

	private final Executor workers;

	private final int capacity;

	private final Queue<Runnable> tasks = new MpscUnboundedArrayQueue<>(32);

	/** Tasks handed in and not yet ended; who lifts it from 0 starts the drain. */
	private final AtomicInteger size = new AtomicInteger();

	private volatile @Nullable Thread thread;

	/**
	 * A lane.
	 * @param name for logs and metrics
	 * @param workers lends the threads; must not run tasks in the calling thread
	 * @param capacity how many tasks may wait
	 */
	public Lane(String name, Executor workers, int capacity) {
		this.name = name;
		this.workers = workers;
		this.capacity = capacity;
	}

	public String name() {
		return this.name;
	}

	/**
	 * Hands in a task.
	 * @param task what to do; must not be interested in the thread it runs on
	 * @throws RejectedExecutionException when {@code capacity} tasks wait already, or the
	 * workers take none any more
	 */
	@Override
	public void execute(Runnable task) {
		int waiting = this.size.getAndIncrement();
		if (waiting >= this.capacity) {
			this.size.decrementAndGet();
			throw new RejectedExecutionException("Lane '%s' is full: %d tasks wait".formatted(this.name, waiting));
		}
		this.tasks.add(task);
		if (waiting == 0) {
			this.workers.execute(this::drain);
		}
	}

	/**
	 * Whether the caller runs on this lane.
	 * @return true inside a task of this lane
	 */
	public boolean isCurrent() {
		return this.thread == Thread.currentThread();
	}

	/**
	 * How many tasks wait or run.
	 * @return the number, at once out of date
	 */
	public int size() {
		return this.size.get();
	}

	private void drain() {
		this.thread = Thread.currentThread();
		int left;
		int done = 0;
		do {
			run(next());
			done++;
			left = this.size.decrementAndGet();
		}
		while (left > 0 && done < BATCH);
		this.thread = null;
		if (left > 0) {
			this.workers.execute(this::drain);
		}
	}

	/** The size is raised before the task is in the queue, so it may be a moment late. */
	private Runnable next() {
		Runnable task;
		while ((task = this.tasks.poll()) == null) {
			Thread.onSpinWait();
		}
		return task;
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			log.error("A task of lane '{}' failed", this.name, ex);
		}
	}

	@Override
	public String toString() {
		return "Lane[" + this.name + "]";
	}

}
