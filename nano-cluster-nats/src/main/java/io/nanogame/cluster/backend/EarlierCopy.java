package io.nanogame.cluster.backend;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.lane.Mailbox;
import io.nanogame.lane.MailboxTask;

/**
 * The first task of a copy of a session that was here before: it is done when the tasks
 * of the earlier copy are done, so that handlers of one session do not run at once.
 */
final class EarlierCopy extends MailboxTask {

	private final Mailbox mailbox;

	private final Mailbox earlier;

	/**
	 * Creates a task.
	 * @param mailbox the mailbox to which it is submitted
	 * @param earlier the mailbox of the earlier copy
	 */
	EarlierCopy(Mailbox mailbox, Mailbox earlier) {
		this.mailbox = mailbox;
		this.earlier = earlier;
	}

	@Override
	protected Executor executor() {
		return Mailbox.ANYWHERE;
	}

	@Override
	protected boolean run() {
		this.earlier.submit(new Last(), null);
		return false;
	}

	@Override
	protected boolean rejected(RejectedExecutionException ex) {
		return true;
	}

	/** The last task of the earlier copy. */
	private final class Last extends MailboxTask {

		@Override
		protected Executor executor() {
			return Mailbox.ANYWHERE;
		}

		@Override
		protected boolean run() {
			EarlierCopy.this.done(EarlierCopy.this.mailbox);
			return true;
		}

		@Override
		protected boolean rejected(RejectedExecutionException ex) {
			return run();
		}

	}

}
