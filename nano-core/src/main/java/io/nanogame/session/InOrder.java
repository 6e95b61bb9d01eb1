package io.nanogame.session;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.lane.MailboxTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An action in the order of a session's messages. It is not lost when no worker accepts
 * it.
 */
final class InOrder extends MailboxTask {

	private static final Logger log = LoggerFactory.getLogger(InOrder.class);

	private final SessionHandle handle;

	private final Runnable action;

	InOrder(SessionHandle handle, Runnable action) {
		this.handle = handle;
		this.action = action;
	}

	@Override
	protected Executor executor() {
		return this.handle.inTurn(this.handle.handlerExecutor());
	}

	@Override
	protected boolean run() {
		try {
			this.action.run();
		}
		catch (Throwable ex) {
			log.error("An action in the order of a session failed", ex);
		}
		return true;
	}

	@Override
	protected boolean rejected(RejectedExecutionException ex) {
		// A game that misses the end of a session would keep its player for ever.
		log.warn("No worker for an action in the order of a session, it runs on a spare thread: {}", ex.getMessage());
		this.handle.session().registry.overflow().execute(() -> {
			run();
			done(this.handle.queue().mailbox());
		});
		return false;
	}

}
