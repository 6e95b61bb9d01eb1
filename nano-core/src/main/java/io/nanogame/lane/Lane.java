package io.nanogame.lane;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.util.concurrent.FastThreadLocalThread;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A serial executor. Its tasks run one at a time, in the order of submission, on the
 * threads of a pool. Code that only runs on one lane needs no lock.
 * <p>
 * Thread-safe. An exception of a task is logged, and the next task runs. A lane need not
 * be closed: without tasks it holds no thread.
 */
public final class Lane implements Executor {

	private static final Logger log = LoggerFactory.getLogger(Lane.class);

	/** The number of tasks after which the lane yields its thread. */
	private static final int BATCH = 64;

	private final String name;

	private final Executor workers;

	private final int capacity;

	/** Runs accepted tasks when the workers reject the lane. */
	private final Executor overflow;

	/** Hidden from tasks on the thread of their caller. */
	private final ThreadContext context;

	private final Queue<Runnable> tasks = new MpscUnboundedAtomicArrayQueue<>(32);

	/** Queued and running tasks. The thread that raises it from 0 starts the drain. */
	private final AtomicInteger size = new AtomicInteger();

	/** The innermost lane whose task a thread runs in the middle of another task. */
	private static final ThreadLocal<@Nullable Lane> NESTED = new ThreadLocal<>();

	/**
	 * The thread that runs a task. Not volatile: a thread sees its own writes, and other
	 * threads never write its identity.
	 */
	private @Nullable Thread thread;

	/**
	 * A queued task that was rejected and must not run. Confined to the draining thread.
	 */
	private @Nullable Runnable rejected;

	/**
	 * Creates a lane.
	 * @param name for logs and metrics
	 * @param workers the pool; must not run tasks in the calling thread
	 * @param capacity the maximum number of queued tasks, including the running one
	 */
	public Lane(String name, Executor workers, int capacity) {
		this(name, workers, capacity, new Overflow(), ThreadContext.NONE);
	}

	Lane(String name, Executor workers, int capacity, Executor overflow, ThreadContext context) {
		this.name = name;
		this.workers = workers;
		this.capacity = capacity;
		this.overflow = overflow;
		this.context = context;
	}

	public String name() {
		return this.name;
	}

	/**
	 * Submits a task.
	 * @param task the task; must not depend on the identity of its thread
	 * @throws RejectedExecutionException when {@code capacity} tasks are queued, or the
	 * workers reject the lane; the task does not run
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

	/**
	 * Runs a task on the calling thread if the lane is idle. The task holds the lane as
	 * any other. Meanwhile, the lanes whose tasks the thread was already running are not
	 * {@linkplain #isCurrent() current}, and its {@link ThreadContext} is hidden.
	 * @param task the task; its exceptions are logged
	 * @return false when the task was not run, because the lane has other tasks, or
	 * because the thread must not block, as an event loop, or has a context that cannot
	 * be hidden
	 */
	public boolean tryRun(Runnable task) {
		Objects.requireNonNull(task, "task");
		if (this.size.get() > 0 || !mayBlock(Thread.currentThread())) {
			return false;
		}
		Runnable restore = this.context.hide();
		if (restore == null) {
			return false;
		}
		try {
			return this.size.compareAndSet(0, 1) && runHere(task);
		}
		finally {
			restore.run();
		}
	}

	private boolean runHere(Runnable task) {
		Lane outer = NESTED.get();
		NESTED.set(this);
		try {
			run(task);
		}
		finally {
			restore(outer);
		}
		if (this.size.decrementAndGet() > 0 && !resubmitted()) {
			this.overflow.execute(this::drain);
		}
		return true;
	}

	private static boolean mayBlock(Thread thread) {
		return !(thread instanceof FastThreadLocalThread netty) || netty.permitBlockingCalls();
	}

	private static void restore(@Nullable Lane outer) {
		if (outer != null) {
			NESTED.set(outer);
		}
		else {
			NESTED.remove();
		}
	}

	/** Never counts a rejected task: the draining thread would wait for it. */
	private int admit() {
		int queued;
		do {
			queued = this.size.get();
			if (queued >= this.capacity) {
				throw new RejectedExecutionException(
						"Lane '%s' is full: %d tasks are queued".formatted(this.name, queued));
			}
		}
		while (!this.size.compareAndSet(queued, queued + 1));
		return queued;
	}

	private void start(Runnable first) {
		try {
			this.workers.execute(this::drain);
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			withdraw(first);
			throw rejection(ex);
		}
	}

	/**
	 * Returns the failure of an executor as a rejection. A decorator that throws, or a
	 * system without threads, has not accepted the task either.
	 */
	public static RejectedExecutionException rejection(Throwable failure) {
		return (failure instanceof RejectedExecutionException rejection) ? rejection
				: new RejectedExecutionException("The executor failed: " + failure, failure);
	}

	/**
	 * Other threads may have submitted tasks in the meantime. These were accepted, and
	 * the calling thread, which may be an event loop, must not run them.
	 */
	private void withdraw(Runnable first) {
		this.rejected = first;
		if (this.size.get() > 1) {
			this.overflow.execute(this::drain);
			return;
		}
		// The first task is at the head of the queue.
		run(next());
		if (this.size.decrementAndGet() > 0) {
			this.overflow.execute(this::drain);
		}
	}

	/**
	 * Returns whether the caller runs on this lane.
	 * @return true inside a task of this lane
	 */
	public boolean isCurrent() {
		if (this.thread != Thread.currentThread()) {
			return false;
		}
		Lane nested = NESTED.get();
		return nested == null || nested == this;
	}

	/**
	 * Returns the thread that runs a task of this lane.
	 * @return a thread, or null; another thread may see an older value, unless it is
	 * synchronized with that thread
	 */
	public @Nullable Thread thread() {
		return this.thread;
	}

	/**
	 * Returns the number of queued and running tasks.
	 * @return a snapshot
	 */
	public int size() {
		return this.size.get();
	}

	private void drain() {
		while (runBatch() > 0 && !resubmitted()) {
			// The workers rejected the lane, so this thread continues.
		}
	}

	/** Returns the number of remaining tasks. */
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

	private boolean resubmitted() {
		try {
			this.workers.execute(this::drain);
			return true;
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			return false;
		}
	}

	/**
	 * The size is raised before the task is queued, so the task may follow a moment
	 * later.
	 */
	private Runnable next() {
		Runnable task;
		while ((task = this.tasks.poll()) == null) {
			Thread.onSpinWait();
		}
		return task;
	}

	private void run(Runnable task) {
		if (task == this.rejected) {
			this.rejected = null;
			return;
		}
		this.thread = Thread.currentThread();
		try {
			task.run();
		}
		catch (Throwable ex) {
			log.error("A task of lane '{}' failed", this.name, ex);
		}
		// Reset before the size is lowered: the next drain may run on another thread.
		this.thread = null;
	}

	@Override
	public String toString() {
		return "Lane[" + this.name + "]";
	}

}
