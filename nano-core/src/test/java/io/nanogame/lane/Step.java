package io.nanogame.lane;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * A mailbox task that does what a test tells it.
 */
class Step extends Mailbox.Task {

	private final BooleanSupplier action;

	Executor place;

	RejectedExecutionException refusal;

	Step(Executor place, BooleanSupplier action) {
		this.place = place;
		this.action = action;
	}

	/** A step that is done when its action returns. */
	static Step of(Executor place, Runnable action) {
		return new Step(place, () -> {
			action.run();
			return true;
		});
	}

	/** A step that waits for {@link #complete(Mailbox)}. */
	static Step async(Executor place, Runnable action) {
		return new Step(place, () -> {
			action.run();
			return false;
		});
	}

	void complete(Mailbox mailbox) {
		done(mailbox);
	}

	@Override
	protected Executor executor() {
		return this.place;
	}

	@Override
	protected boolean run() {
		return this.action.getAsBoolean();
	}

	@Override
	protected boolean rejected(RejectedExecutionException ex) {
		this.refusal = ex;
		return true;
	}

}
