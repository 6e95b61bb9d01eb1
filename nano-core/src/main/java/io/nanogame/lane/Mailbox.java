package io.nanogame.lane;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue of tasks that run in order on different executors. Each task names its
 * executor, and starts when the previous one is done, which may be after its {@code run}
 * returned. The mailbox keeps the messages of one session in strict order while handlers
 * run on event loops, on lanes and asynchronously.
 * <p>
 * Thread-safe. An idle mailbox holds no task, no queue and no thread: tasks are linked to
 * each other.
 */
public final class Mailbox implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

	/**
	 * The executor of a quick task, which runs on the thread that ended the previous
	 * task.
	 */
	public static final Executor ANYWHERE = Runnable::run;

	/** The number of tasks after which the mailbox yields its thread. */
	private static final int BATCH = 64;

	/** The low bits hold the bytes of all tasks, the high bits the number of tasks. */
	private static final int BYTES_BITS = 36;

	private static final AtomicLongFieldUpdater<Mailbox> LOAD = AtomicLongFieldUpdater.newUpdater(Mailbox.class,
			"load");

	private static final AtomicReferenceFieldUpdater<Mailbox, MailboxTask> LAST = AtomicReferenceFieldUpdater
		.newUpdater(Mailbox.class, MailboxTask.class, "last");

	private static final AtomicReferenceFieldUpdater<Mailbox, MailboxTask> CURRENT = AtomicReferenceFieldUpdater
		.newUpdater(Mailbox.class, MailboxTask.class, "current");

	private final Runnable onDone;

	/**
	 * The number and the bytes of all tasks that are not done, in one field for one
	 * write.
	 */
	private volatile long load;

	/** The newest task, to which the next one is linked; null when idle. */
	private volatile @Nullable MailboxTask last;

	/**
	 * The task that was started and is not done. Written without a fence: the executor
	 * publishes it to the thread that continues, and other threads may see it a moment
	 * later.
	 */
	private volatile @Nullable MailboxTask current;

	/**
	 * The executor to which the current task was submitted, until it runs. A task may
	 * name another executor later.
	 */
	private @Nullable Executor submittedTo;

	/**
	 * Creates a mailbox.
	 * @param onDone called after each task, on the thread that ended it
	 */
	public Mailbox(Runnable onDone) {
		this.onDone = onDone;
	}

	/**
	 * Appends a task.
	 * @param task a task that has not been submitted before
	 * @param here the executor of the calling thread, or null. If the task names it and
	 * the mailbox is idle, the task runs before this method returns
	 */
	public void submit(MailboxTask task, @Nullable Executor here) {
		LOAD.addAndGet(this, load(task));
		MailboxTask before = LAST.getAndSet(this, task);
		if (before != null) {
			before.next = task;
			return;
		}
		CURRENT.lazySet(this, task);
		proceed(task, here);
	}

	/**
	 * Returns the number of pending and running tasks.
	 * @return a snapshot
	 */
	public int size() {
		return (int) (this.load >>> BYTES_BITS);
	}

	/**
	 * Returns the bytes that pending and running tasks hold.
	 * @return the sum of their {@link MailboxTask#weight() weights} in bytes; a snapshot
	 */
	public long weight() {
		return this.load & ((1L << BYTES_BITS) - 1);
	}

	private static long load(MailboxTask task) {
		return (1L << BYTES_BITS) + task.weight();
	}

	/**
	 * Returns the task that was started and is not done.
	 * @return the task, or null when there is none
	 */
	public @Nullable MailboxTask current() {
		return this.current;
	}

	/**
	 * Returns whether a task is the last one.
	 * @param task a task that is not done
	 * @return false as soon as another task is submitted
	 */
	public boolean endsWith(MailboxTask task) {
		return this.last == task;
	}

	/**
	 * Passes the tasks that are not done to an action, the oldest first. Thread-safe. The
	 * action may receive a task that has just ended, or the same task more than once.
	 * @param action receives each task that was submitted before the call
	 */
	public void forEach(Consumer<MailboxTask> action) {
		MailboxTask task = this.current;
		while (task != null || this.last != null) {
			if (task == null) {
				// Another thread is about to set the next task.
				Thread.onSpinWait();
				task = this.current;
				continue;
			}
			action.accept(task);
			MailboxTask next = task.next;
			if (next == null && task == this.last) {
				return;
			}
			// A task that has ended has no successor; continue with the current one.
			task = (next != null) ? next : this.current;
		}
	}

	/**
	 * Passes the tasks that are not done to an action, the oldest first, without waiting
	 * for other threads. Thread-safe.
	 * @param action receives each visible task; the next call covers those that were
	 * missed
	 */
	public void sweep(Consumer<MailboxTask> action) {
		MailboxTask first = this.current;
		MailboxTask task = first;
		while (task != null) {
			action.accept(task);
			task = task.next;
			if (task == null && this.current != first) {
				// The action ended tasks, and a task that has ended has no successor.
				first = this.current;
				task = first;
			}
		}
	}

	/** Runs the current task and its successors on the same executor. */
	@Override
	public void run() {
		MailboxTask task = this.current;
		Executor here = this.submittedTo;
		this.submittedTo = null;
		if (task != null) {
			proceed(drain(task, here), null);
		}
	}

	private void proceed(@Nullable MailboxTask first, @Nullable Executor here) {
		MailboxTask task = first;
		if (task != null && runsOn(task, here)) {
			task = drain(task, here);
		}
		while (task != null) {
			try {
				Executor next = task.executor();
				this.submittedTo = next;
				next.execute(this);
				return;
			}
			catch (RuntimeException | OutOfMemoryError ex) {
				task = reject(task, Lane.rejection(ex)) ? end(task) : null;
			}
		}
	}

	private static boolean runsOn(MailboxTask task, @Nullable Executor here) {
		Executor executor = task.executor();
		return executor == here || executor == ANYWHERE;
	}

	private static boolean reject(MailboxTask task, RejectedExecutionException cause) {
		try {
			return task.rejected(cause);
		}
		catch (Throwable ex) {
			log.error("A task of a mailbox failed in its rejection; the next task runs", ex);
			return true;
		}
	}

	/**
	 * Runs tasks on the executor of the calling thread.
	 * @return the next task, which names another executor or exceeds the batch; null when
	 * the mailbox is idle or the current task is not done
	 */
	private @Nullable MailboxTask drain(MailboxTask first, @Nullable Executor here) {
		MailboxTask task = first;
		for (int i = 0; i < BATCH; i++) {
			if (!run(task)) {
				return null;
			}
			MailboxTask next = end(task);
			if (next == null || !runsOn(next, here)) {
				return next;
			}
			task = next;
		}
		return task;
	}

	private static boolean run(MailboxTask task) {
		try {
			return task.run();
		}
		catch (Throwable ex) {
			log.error("A task of a mailbox failed; the next task runs", ex);
			return true;
		}
	}

	/** Ends the current task. The caller must proceed with the returned task. */
	private @Nullable MailboxTask end(MailboxTask task) {
		CURRENT.lazySet(this, null);
		MailboxTask next = null;
		if (!LAST.compareAndSet(this, task, null)) {
			next = awaitNext(task);
			// A reference to this task must not keep its successors reachable.
			task.next = null;
			CURRENT.lazySet(this, next);
		}
		LOAD.addAndGet(this, -load(task));
		try {
			this.onDone.run();
		}
		catch (Throwable ex) {
			log.error("The callback after a task of a mailbox failed; the next task runs", ex);
		}
		return next;
	}

	/** Ends a task that was not done when it returned. */
	void done(MailboxTask task) {
		proceed(end(task), null);
	}

	/** A task becomes the last one a moment before it is linked. */
	private static MailboxTask awaitNext(MailboxTask task) {
		MailboxTask next;
		while ((next = task.next) == null) {
			Thread.onSpinWait();
		}
		return next;
	}

}
