package io.nanogame.lane;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
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

	/** Runs what was promised when there is no worker. */
	private final Executor overflow;

	private final Queue<Runnable> tasks = new MpscUnboundedAtomicArrayQueue<>(32);

	/** Tasks handed in and not yet ended; who lifts it from 0 starts the drain. */
	private final AtomicInteger size = new AtomicInteger();

	/**
	 * Who runs a task. Not volatile: a thread that asks sees what it wrote itself, and
	 * what others write is never that thread.
	 */
	private @Nullable Thread thread;

	/**
	 * A task in the queue that its caller was told will not run. Belongs to whoever
	 * drains.
	 */
	private @Nullable Runnable refused;

	/**
	 * A lane.
	 * @param name for logs and metrics
	 * @param workers lends the threads; must not run tasks in the calling thread
	 * @param capacity how many tasks may wait, the running one included
	 */
	public Lane(String name, Executor workers, int capacity) {
		this(name, workers, capacity, new Overflow());
	}

	Lane(String name, Executor workers, int capacity, Executor overflow) {
		this.name = name;
		this.workers = workers;
		this.capacity = capacity;
		this.overflow = overflow;
	}

	public String name() {
		return this.name;
	}

	/**
	 * Hands in a task.
	 * @param task what to do; must not be interested in the thread it runs on
	 * @throws RejectedExecutionException when {@code capacity} tasks wait already, or the
	 * workers take none; the task will not run then
	 */
	@Override
	public void execute(Runnable task) {
		Objects.requireNonNull(task, "task");
		boolean idle = admit() == 0;
		this.tasks.add(task);
		if (idle) {
			start(task);
		}
	}

	/** Never counts a task that is refused: whoever drains would wait for it. */
	private int admit() {
		int waiting;
		do {
			waiting = this.size.get();
			if (waiting >= this.capacity) {
				throw new RejectedExecutionException("Lane '%s' is full: %d tasks wait".formatted(this.name, waiting));
			}
		}
		while (!this.size.compareAndSet(waiting, waiting + 1));
		return waiting;
	}

	private void start(Runnable first) {
		try {
			this.workers.execute(this::drain);
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			takeBack(first);
			throw refusal(ex);
		}
	}

	/**
	 * An executor that fails, such as one with a decorator that throws or a system
	 * without a thread left, has refused: whoever waits for it would do so for ever.
	 */
	public static RejectedExecutionException refusal(Throwable failure) {
		return (failure instanceof RejectedExecutionException refusal) ? refusal
				: new RejectedExecutionException("The executor has failed: " + failure, failure);
	}

	/**
	 * What others have handed in meanwhile was promised to run, and a caller that may be
	 * an event loop must not do it.
	 */
	private void takeBack(Runnable first) {
		this.refused = first;
		if (this.size.get() > 1) {
			this.overflow.execute(this::drain);
			return;
		}
		// It came first, so it is at the head.
		run(next());
		if (this.size.decrementAndGet() > 0) {
			this.overflow.execute(this::drain);
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
		while (runBatch() > 0 && !goesOnElsewhere()) {
			// No worker is free, so this thread goes on.
		}
	}

	/** Returns how many tasks are left. */
	private int runBatch() {
		int left;
		int done = 0;
		do {
			run(next());
			done++;
			left = this.size.decrementAndGet();
		}
		while (left > 0 && done < BATCH);
		return left;
	}

	private boolean goesOnElsewhere() {
		try {
			this.workers.execute(this::drain);
			return true;
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			return false;
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
		if (task == this.refused) {
			this.refused = null;
			return;
		}
		this.thread = Thread.currentThread();
		try {
			task.run();
		}
		catch (Throwable ex) {
			log.error("A task of lane '{}' failed", this.name, ex);
		}
		// Before the task is counted off: the next drain may begin on another thread
		// then.
		this.thread = null;
	}

	@Override
	public String toString() {
		return "Lane[" + this.name + "]";
	}

}
