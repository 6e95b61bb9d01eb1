package io.nanogame.cluster.gateway;

import io.nanogame.lane.Mailbox;
import io.nanogame.protocol.Message;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * The runs of messages of a session: the newest one receives the next message, if no
 * other task has been submitted after the run. Confined to the loop of the session,
 * except as stated.
 */
final class ForwardRuns {

	private final ForwardedSession session;

	/** The newest run, while messages may be added to it. */
	private @Nullable ForwardRun newest;

	/** The run whose turn it is. */
	private @Nullable ForwardRun current;

	ForwardRuns(ForwardedSession session) {
		this.session = session;
	}

	/**
	 * Queues a message for another node, after the earlier ones of its sender: the
	 * session, or one whose client continues the session, on the loop of that one.
	 */
	void add(SessionHandle sender, Message message, long deadlineNanos) {
		if (sender == this.session.handle()) {
			add(message, deadlineNanos);
		}
		else {
			submit(new ForwardRun(this.session, sender), message, deadlineNanos);
		}
	}

	private void add(Message message, long deadlineNanos) {
		Mailbox mailbox = this.session.handle().queue().mailbox();
		ForwardRun last = this.newest;
		if (last != null && mailbox.endsWith(last)) {
			last.add(new Forwarded(last, message, deadlineNanos));
			return;
		}
		ForwardRun next = new ForwardRun(this.session, this.session.handle());
		this.newest = next;
		submit(next, message, deadlineNanos);
	}

	private void submit(ForwardRun run, Message message, long deadlineNanos) {
		run.add(new Forwarded(run, message, deadlineNanos));
		boolean isHere = run.sender() == this.session.handle();
		run.sender().queue().mailbox().submit(run, isHere ? this.session.loop() : null);
	}

	void started(ForwardRun run) {
		this.current = run;
	}

	/** Sends the messages that have waited for a node. */
	void resume() {
		ForwardRun run = this.current;
		if (run != null) {
			run.resume();
		}
	}

	void ended(ForwardRun run) {
		this.current = null;
		if (this.newest == run) {
			this.newest = null;
		}
	}

	boolean isEmpty() {
		return this.newest == null;
	}

}
