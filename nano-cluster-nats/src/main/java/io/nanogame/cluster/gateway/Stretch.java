package io.nanogame.cluster.gateway;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.lane.MailboxTask;

/**
 * Messages of a session that go to one node, one behind the other. That node keeps their
 * order, so they are sent without waiting for each other; what the session does next,
 * here or on a third node, waits until all of them are handled. Belongs to the session's
 * loop.
 */
final class Stretch extends MailboxTask {

	private final ClientSeat seat;

	private final String node;

	private final Queue<Forwarded> waiting = new ArrayDeque<>(2);

	private boolean begun;

	/** Sent, and not yet handled. */
	private int underWay;

	Stretch(ClientSeat seat, String node) {
		this.seat = seat;
		this.node = node;
	}

	/** Where its messages go, if that node is still there when their turn comes. */
	String node() {
		return this.node;
	}

	/** Only while nothing stands behind it in the session's mailbox. */
	void add(Forwarded message) {
		if (this.begun) {
			send(message);
		}
		else {
			this.waiting.add(message);
		}
	}

	@Override
	protected Executor executor() {
		return this.seat.loop();
	}

	@Override
	protected boolean run() {
		this.begun = true;
		// The first may fail at once, and must not end what the second still needs.
		this.underWay++;
		Forwarded message;
		while ((message = this.waiting.poll()) != null) {
			send(message);
		}
		this.underWay--;
		if (this.underWay == 0) {
			this.seat.ended(this);
			return true;
		}
		return false;
	}

	private void send(Forwarded message) {
		this.underWay++;
		this.seat.send(message, this.node);
	}

	/** One of its messages was handled, or given up. */
	void handled() {
		this.underWay--;
		if (this.underWay == 0) {
			this.seat.ended(this);
			done(this.seat.handle().queue().mailbox());
		}
	}

	@Override
	protected boolean rejected(RejectedExecutionException ex) {
		this.waiting.forEach((message) -> message.fail(503, "busy"));
		return true;
	}

}
