package io.nanogame.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.lane.Mailbox;
import io.nanogame.lane.MailboxTask;
import org.jspecify.annotations.Nullable;

/**
 * The client of one session, the former one, continues an older session of its player,
 * the survivor. Objects of the former session then represent the survivor.
 * <p>
 * The messages that the former session has received are handled in the turn of this task
 * of the survivor: after its earlier messages, and before those that its client sends
 * next. Only the message that is handled when the client logs in does not wait for the
 * turn. Thread-safe.
 */
public final class Continuation extends MailboxTask {

	private final SessionHandle former;

	private final SessionHandle survivor;

	private final long formerId;

	private final String uid;

	/** The tasks that wait for the turn; null once it has begun. Guarded by this. */
	private @Nullable List<Runnable> waiting = new ArrayList<>(1);

	/** Whether all messages of the former session are handled. Guarded by this. */
	private boolean over;

	Continuation(SessionHandle former, SessionHandle survivor, String uid) {
		this.former = former;
		this.survivor = survivor;
		this.uid = uid;
		this.formerId = former.session().id();
	}

	/**
	 * Moves the client. Called once, by the login of the former session, which has
	 * reserved the survivor. Returns the survivor.
	 */
	Session begin() {
		Session left = this.former.session();
		Session kept = this.survivor.session();
		this.survivor.arriving = this;
		this.survivor.queue().mailbox().submit(this, null);
		this.former.end(this.survivor);
		left.registry.left(left);
		// Before any code of the game is called.
		this.former.current = this.survivor;
		try {
			kept.handshake = left.handshake;
			Attributes newer = left.attributesOrNull();
			if (newer != null) {
				kept.attributes().merge(newer);
			}
			// Also null: the client has not proved the principal of the older one.
			kept.principal(this.former.login().principal());
		}
		finally {
			this.survivor.connection().continueWith(this.former.connection(), this);
		}
		return kept;
	}

	/**
	 * Returns the handle of the session that the client leaves.
	 * @return always the same object
	 */
	public SessionHandle former() {
		return this.former;
	}

	/** Returns the session that the client continues. */
	public Session survivor() {
		return this.survivor.session();
	}

	/**
	 * Returns the session that the client continues to another login of the client.
	 * @throws SessionAlreadyBoundException when that is the login of another player
	 */
	Session survivorOf(String wanted) {
		if (!this.uid.equals(wanted)) {
			throw new SessionAlreadyBoundException(survivor());
		}
		return survivor();
	}

	/** Returns the id that the former session had. */
	public long formerId() {
		return this.formerId;
	}

	/** Returns the uid with which the client has logged in. */
	public String uid() {
		return this.uid;
	}

	/** Returns whether all earlier messages of the survivor are handled. */
	synchronized boolean hasBegun() {
		return this.waiting == null;
	}

	/** Returns an executor that runs tasks in this turn. */
	Executor inTurn(Executor executor) {
		return (task) -> {
			synchronized (this) {
				if (this.waiting != null) {
					this.waiting.add(() -> execute(executor, task));
					return;
				}
			}
			executor.execute(task);
		};
	}

	private void execute(Executor executor, Runnable task) {
		try {
			executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			this.survivor.session().registry.overflow().execute(task);
		}
	}

	/**
	 * Ends the turn, because all messages of the former session are handled. Further
	 * calls have no effect.
	 */
	public void end() {
		synchronized (this) {
			if (this.over) {
				return;
			}
			this.over = true;
			if (this.waiting != null) {
				return;
			}
		}
		arrived();
		done(this.survivor.queue().mailbox());
	}

	private void arrived() {
		if (this.survivor.arriving == this) {
			this.survivor.arriving = null;
		}
	}

	@Override
	protected Executor executor() {
		return Mailbox.ANYWHERE;
	}

	@Override
	protected boolean run() {
		List<Runnable> ready;
		boolean done;
		synchronized (this) {
			ready = (this.waiting != null) ? this.waiting : List.of();
			this.waiting = null;
			done = this.over;
		}
		if (done) {
			arrived();
		}
		ready.forEach(Runnable::run);
		return done;
	}

	@Override
	protected boolean rejected(RejectedExecutionException ex) {
		return true;
	}

}
