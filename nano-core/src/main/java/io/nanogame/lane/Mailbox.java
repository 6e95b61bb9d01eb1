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
 * Keeps things in order that run in different places: the next task starts when the one
 * before it is done, each on the executor it names, and a task may be done later than its
 * {@code run} returns. This is what makes the messages of one session strictly ordered
 * while handlers run on event loops, on lanes and asynchronously.
 * <p>
 * Any thread may submit. An idle mailbox holds no task, no queue and no thread: tasks are
 * linked to each other.
 */
public final class Mailbox implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

	/** The place of a quick task that runs wherever the one before it has ended. */
	public static final Executor ANYWHERE = Runnable::run;

	/** After so many tasks in one go the mailbox lets others have the thread. */
	private static final int BATCH = 64;

	/** Bits for the bytes of all tasks; those above count the tasks. */
	private static final int BYTES_BITS = 36;

	private static final AtomicLongFieldUpdater<Mailbox> LOAD = AtomicLongFieldUpdater.newUpdater(Mailbox.class,
			"load");

	private static final AtomicReferenceFieldUpdater<Mailbox, Task> LAST = AtomicReferenceFieldUpdater
		.newUpdater(Mailbox.class, Task.class, "last");

	private static final AtomicReferenceFieldUpdater<Mailbox, Task> CURRENT = AtomicReferenceFieldUpdater
		.newUpdater(Mailbox.class, Task.class, "current");

	private final Runnable onDone;

	/** Tasks submitted and not yet done, and what they hold: one number, one write. */
	private volatile long load;

	/** The newest task, to which the next one is linked; null when there is none. */
	private volatile @Nullable Task last;

	/**
	 * The task that has been started and is not done. Written without a fence: whoever
	 * goes on with it learns of it by the executor, and those who only look may see it a
	 * moment later.
	 */
	private volatile @Nullable Task current;

	/**
	 * Where the current task was sent, until it runs there; a task may name another place
	 * a moment later.
	 */
	private @Nullable Executor place;

	/**
	 * A mailbox.
	 * @param onDone called after each task that is done, on the thread it ended on
	 */
	public Mailbox(Runnable onDone) {
		this.onDone = onDone;
	}

	/**
	 * Adds a task behind all others.
	 * @param task a task that was never submitted before
	 * @param here the executor on whose thread the caller is, or null: a task that names
	 * it, and finds the mailbox idle, runs before this method returns
	 */
	public void submit(Task task, @Nullable Executor here) {
		LOAD.addAndGet(this, load(task));
		Task before = LAST.getAndSet(this, task);
		if (before != null) {
			before.next = task;
			return;
		}
		CURRENT.lazySet(this, task);
		proceed(task, here);
	}

	/**
	 * How many tasks wait or run.
	 * @return the number, at once out of date
	 */
	public int size() {
		return (int) (this.load >>> BYTES_BITS);
	}

	/**
	 * What the tasks hold that wait or run.
	 * @return the sum of their {@link Task#weight() weights} in bytes, at once out of
	 * date
	 */
	public long weight() {
		return this.load & ((1L << BYTES_BITS) - 1);
	}

	private static long load(Task task) {
		return (1L << BYTES_BITS) + task.weight();
	}

	/**
	 * The task that has been started and is not done.
	 * @return the task, or null when there is none
	 */
	public @Nullable Task current() {
		return this.current;
	}

	/**
	 * Whether nothing was submitted behind a task.
	 * @param task a task that is not done
	 * @return false as soon as there is something
	 */
	public boolean endsWith(Task task) {
		return this.last == task;
	}

	/**
	 * Shows the tasks that are not done, the oldest first. Any thread. A task may be
	 * shown although it has just ended, or more than once.
	 * @param action given each task that was submitted before
	 */
	public void forEach(Consumer<Task> action) {
		Task task = this.current;
		while (task != null || this.last != null) {
			if (task == null) {
				// The next one becomes the current one right now.
				Thread.onSpinWait();
				task = this.current;
				continue;
			}
			action.accept(task);
			Task next = task.next;
			if (next == null && task == this.last) {
				return;
			}
			// A task that has ended leads nowhere; the current one does.
			task = (next != null) ? next : this.current;
		}
	}

	/**
	 * Shows the tasks that are not done, the oldest first, as far as they can be seen
	 * without waiting for other threads. Any thread.
	 * @param action given each task; the next time, those that were missed
	 */
	public void sweep(Consumer<Task> action) {
		Task first = this.current;
		Task task = first;
		while (task != null) {
			action.accept(task);
			task = task.next;
			if (task == null && this.current != first) {
				// The action has ended some, and what has ended leads nowhere.
				first = this.current;
				task = first;
			}
		}
	}

	/** Runs the current task and those behind it that want the same executor. */
	@Override
	public void run() {
		Task task = this.current;
		Executor here = this.place;
		this.place = null;
		if (task != null) {
			proceed(drain(task, here), null);
		}
	}

	private void proceed(@Nullable Task first, @Nullable Executor here) {
		Task task = first;
		if (task != null && runs(task, here)) {
			task = drain(task, here);
		}
		while (task != null) {
			try {
				Executor next = task.executor();
				this.place = next;
				next.execute(this);
				return;
			}
			catch (RuntimeException | OutOfMemoryError ex) {
				task = reject(task, Lane.refusal(ex)) ? end(task) : null;
			}
		}
	}

	private static boolean runs(Task task, @Nullable Executor here) {
		Executor executor = task.executor();
		return executor == here || executor == ANYWHERE;
	}

	private static boolean reject(Task task, RejectedExecutionException cause) {
		try {
			return task.rejected(cause);
		}
		catch (Throwable ex) {
			log.error("A task failed when it was rejected; the next one goes on", ex);
			return true;
		}
	}

	/**
	 * Runs tasks on the executor the caller is on.
	 * @return the task to go on with, which is elsewhere or one too many; null when the
	 * mailbox is idle or a task holds it
	 */
	private @Nullable Task drain(Task first, @Nullable Executor here) {
		Task task = first;
		for (int i = 0; i < BATCH; i++) {
			if (!run(task)) {
				return null;
			}
			Task next = end(task);
			if (next == null || !runs(next, here)) {
				return next;
			}
			task = next;
		}
		return task;
	}

	private static boolean run(Task task) {
		try {
			return task.run();
		}
		catch (Throwable ex) {
			log.error("A task failed in its mailbox; the next one goes on", ex);
			return true;
		}
	}

	/** Ends the current task; the caller has to go on with the one returned. */
	private @Nullable Task end(Task task) {
		CURRENT.lazySet(this, null);
		Task next = null;
		if (!LAST.compareAndSet(this, task, null)) {
			next = awaitNext(task);
			// Who keeps a task that is done must not keep all that came after it.
			task.next = null;
			CURRENT.lazySet(this, next);
		}
		LOAD.addAndGet(this, -load(task));
		try {
			this.onDone.run();
		}
		catch (Throwable ex) {
			log.error("The end of a task could not be reported; the next one goes on", ex);
		}
		return next;
	}

	/** A task becomes the last one a moment before it is linked. */
	private static Task awaitNext(Task task) {
		Task next;
		while ((next = task.next) == null) {
			Thread.onSpinWait();
		}
		return next;
	}

	/**
	 * Something to be done in its turn.
	 */
	public abstract static class Task {

		private volatile @Nullable Task next;

		/**
		 * Where to run.
		 * @return an executor
		 */
		protected abstract Executor executor();

		/**
		 * How much a client has made this task hold.
		 * @return bytes, the same each time
		 */
		public int weight() {
			return 0;
		}

		/**
		 * Runs. A task that throws counts as done.
		 * @return true when done; false when {@link #done(Mailbox)} will be called later,
		 * or has been called already
		 */
		protected abstract boolean run();

		/**
		 * The executor did not take the task. One that throws counts as done.
		 * @param ex why
		 * @return as of {@link #run()}
		 */
		protected abstract boolean rejected(RejectedExecutionException ex);

		/**
		 * Ends a task whose {@link #run()} or {@link #rejected} returned false. To be
		 * called once, by any thread.
		 * @param mailbox the mailbox it was submitted to
		 */
		protected final void done(Mailbox mailbox) {
			mailbox.proceed(mailbox.end(this), null);
		}

	}

}
