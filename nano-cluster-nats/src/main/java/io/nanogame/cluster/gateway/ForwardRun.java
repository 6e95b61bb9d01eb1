package io.nanogame.cluster.gateway;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.lane.MailboxTask;

/**
 * Consecutive messages of a session to one node. That node handles them in their order,
 * so each is sent without waiting for the one before. The session's next task, on this
 * node or a third one, waits until all of them are handled. Confined to the loop of the
 * session.
 */
final class ForwardRun extends MailboxTask {

	private final ForwardedSession session;

	private final String node;

	private final Queue<Forwarded> pending = new ArrayDeque<>(2);

	private boolean started;

	/** The number of messages that were sent and are not handled. */
	private int inFlight;

	ForwardRun(ForwardedSession session, String node) {
		this.session = session;
		this.node = node;
	}

	/** Returns the node of its messages, if that is up when they are sent. */
	String node() {
		return this.node;
	}

	/** Adds a message. This must be the last task in the session's mailbox. */
	void add(Forwarded message) {
		if (this.started) {
			send(message);
		}
		else {
			this.pending.add(message);
		}
	}

	@Override
	protected Executor executor() {
		return this.session.loop();
	}

	@Override
	protected boolean run() {
		this.started = true;
		// If the first message fails at once, that must not end the run before the
		// second.
		this.inFlight++;
		Forwarded message;
		while ((message = this.pending.poll()) != null) {
			send(message);
		}
		this.inFlight--;
		if (this.inFlight == 0) {
			this.session.runs().ended(this);
			return true;
		}
		return false;
	}

	private void send(Forwarded message) {
		this.inFlight++;
		this.session.send(message, this.node);
	}

	/** One of its messages was handled or given up. */
	void handled() {
		this.inFlight--;
		if (this.inFlight == 0) {
			this.session.runs().ended(this);
			done(this.session.handle().queue().mailbox());
		}
	}

	@Override
	protected boolean rejected(RejectedExecutionException ex) {
		this.pending.forEach((message) -> message.fail(503, "busy"));
		return true;
	}

}
