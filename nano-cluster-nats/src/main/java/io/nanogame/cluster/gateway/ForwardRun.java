package io.nanogame.cluster.gateway;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.lane.MailboxTask;
import io.nanogame.route.Route;
import io.nanogame.session.CloseReason;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive messages of a session to other nodes. A node handles the messages that it
 * receives in their order, so each is sent without waiting for the one before; the first
 * one to another node waits until those are handled. While the node of a message cannot
 * receive it, that message and all later ones wait. The session's next task on this node
 * waits until all messages are handled. Confined to the loop of the session.
 */
final class ForwardRun extends MailboxTask {

	private final ForwardedSession session;

	/** The session, or one that its client has left for the session. */
	private final SessionHandle sender;

	/** The messages that are not sent. */
	private final Queue<Forwarded> pending = new ArrayDeque<>(2);

	private boolean started;

	private boolean sending;

	/** The number of messages that were sent and are not handled. */
	private int inFlight;

	/** The node of the messages in flight. */
	private String node = "";

	ForwardRun(ForwardedSession session, SessionHandle sender) {
		this.session = session;
		this.sender = sender;
	}

	ForwardedSession session() {
		return this.session;
	}

	/** Returns the handle whose mailbox has this run, and which receives the replies. */
	SessionHandle sender() {
		return this.sender;
	}

	/** Adds a message. This must be the last task in the mailbox, or not be in it yet. */
	void add(Forwarded message) {
		this.pending.add(message);
		resume();
	}

	@Override
	protected Executor executor() {
		return this.sender.inTurn(this.session.loop());
	}

	@Override
	protected boolean run() {
		this.started = true;
		this.session.runs().started(this);
		return sendAll();
	}

	/** Sends the messages that have waited, unless earlier tasks of the session run. */
	void resume() {
		// A message that fails at once must not end the run before the next one.
		if (this.started && !this.sending && sendAll()) {
			done(this.sender.queue().mailbox());
		}
	}

	/**
	 * Runs an action of one of its messages on the loop of the session, now if possible.
	 */
	void onLoop(Runnable action) {
		if (this.sender == this.session.handle() || this.session.loop().isCurrent()) {
			action.run();
		}
		else {
			this.session.loop().execute(action);
		}
	}

	/** One of its messages was handled or given up. */
	void handled() {
		this.inFlight--;
		resume();
	}

	/** Returns whether all messages are handled. */
	private boolean sendAll() {
		this.sending = true;
		boolean goesOn = true;
		while (goesOn) {
			goesOn = sendNext();
		}
		this.sending = false;
		if (this.inFlight > 0 || !this.pending.isEmpty()) {
			return false;
		}
		this.session.runs().ended(this);
		return true;
	}

	/** Returns false when there is no message, or it must wait. */
	private boolean sendNext() {
		Forwarded message = this.pending.peek();
		if (message == null) {
			return false;
		}
		Target refusal = refusal(message);
		if (refusal != null) {
			return send(refusal);
		}
		Target target = this.session.chosen().target(Route.component(message.message().route()));
		if (target == Target.WAIT) {
			// Nodes may have changed before the session was added.
			return this.session.awaitNodes();
		}
		if (this.inFlight > 0 && !target.node().equals(this.node)) {
			// A failure waits, too, because its reply would overtake those before it.
			return false;
		}
		this.node = target.node();
		return send(target);
	}

	/** Sends the next message, or lets it fail. Returns true. */
	private boolean send(Target target) {
		this.inFlight++;
		this.session.send(this.pending.remove(), target);
		return true;
	}

	/** Returns why a message must not be sent to any node, or null. */
	private @Nullable Target refusal(Forwarded message) {
		message.expire(this.session.time().now());
		if (message.isGivenUp()) {
			return Target.failure(503, "not begun in time");
		}
		CloseReason closed = this.session.session().closeReason();
		if (closed != null && !closed.isByClient()) {
			// Messages before a disconnect are handled, messages after a kick are not.
			return Target.failure(503, closed.message());
		}
		if (this.session.handle().isAbandoned()) {
			return Target.failure(503, CloseReason.SHUTDOWN.message());
		}
		return null;
	}

	@Override
	protected boolean rejected(RejectedExecutionException ex) {
		this.pending.forEach((message) -> message.fail(503, "busy"));
		return true;
	}

}
