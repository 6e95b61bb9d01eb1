package io.nanogame.lane;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * A task of a {@link Mailbox}, to which it is submitted at most once.
 */
public abstract class MailboxTask {

	/** The task that the mailbox runs after this one; null while this is the last. */
	volatile @Nullable MailboxTask next;

	/**
	 * Returns the executor of this task.
	 * @return an executor
	 */
	protected abstract Executor executor();

	/**
	 * Returns the bytes of client data that this task holds.
	 * @return bytes; must not change
	 */
	public int weight() {
		return 0;
	}

	/**
	 * Runs the task. A task that throws is done.
	 * @return true when done; false when {@link #done(Mailbox)} will be called later, or
	 * has been called already
	 */
	protected abstract boolean run();

	/**
	 * Called when the executor rejects the task. A task that throws is done.
	 * @param ex the cause
	 * @return as for {@link #run()}
	 */
	protected abstract boolean rejected(RejectedExecutionException ex);

	/**
	 * Ends a task whose {@link #run()} or {@link #rejected} returned false. Must be
	 * called once. Thread-safe.
	 * @param mailbox the mailbox it was submitted to
	 */
	protected final void done(Mailbox mailbox) {
		mailbox.done(this);
	}

}
