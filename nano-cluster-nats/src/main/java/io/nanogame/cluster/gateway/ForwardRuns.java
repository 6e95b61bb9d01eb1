package io.nanogame.cluster.gateway;

import io.nanogame.lane.Mailbox;
import io.nanogame.protocol.Message;
import org.jspecify.annotations.Nullable;

/**
 * The runs of messages of a session: the newest one receives the next message, if no
 * other task has been submitted after the run. Confined to the loop of the session.
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

	/** Queues a message for another node, after the session's earlier ones. */
	void add(Message message, long deadlineNanos) {
		Mailbox mailbox = this.session.handle().queue().mailbox();
		ForwardRun last = this.newest;
		if (last != null && mailbox.endsWith(last)) {
			last.add(new Forwarded(this.session, message, last, deadlineNanos));
			return;
		}
		ForwardRun next = new ForwardRun(this.session);
		this.newest = next;
		next.add(new Forwarded(this.session, message, next, deadlineNanos));
		mailbox.submit(next, this.session.loop());
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
