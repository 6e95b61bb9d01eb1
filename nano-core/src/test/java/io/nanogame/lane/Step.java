package io.nanogame.lane;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * A mailbox task with an action of a test.
 */
class Step extends MailboxTask {

	private final BooleanSupplier action;

	Executor executor;

	RejectedExecutionException rejection;

	Step(Executor executor, BooleanSupplier action) {
		this.executor = executor;
		this.action = action;
	}

	/** A step that is done when its action returns. */
	static Step of(Executor executor, Runnable action) {
		return new Step(executor, () -> {
			action.run();
			return true;
		});
	}

	/** A step that waits for {@link #complete(Mailbox)}. */
	static Step async(Executor executor, Runnable action) {
		return new Step(executor, () -> {
			action.run();
			return false;
		});
	}

	void complete(Mailbox mailbox) {
		done(mailbox);
	}

	@Override
	protected Executor executor() {
		return this.executor;
	}

	@Override
	protected boolean run() {
		return this.action.getAsBoolean();
	}

	@Override
	protected boolean rejected(RejectedExecutionException ex) {
		this.rejection = ex;
		return true;
	}

}
