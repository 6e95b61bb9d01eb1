package io.nanogame.cluster.gateway;

import io.nanogame.lane.Mailbox;
import io.nanogame.protocol.Message;
import org.jspecify.annotations.Nullable;

/**
 * The runs of messages of a session: the newest one receives the next message, if that is
 * for the same node and no other task has been submitted after the run. Confined to the
 * loop of the session.
 */
final class ForwardRuns {

	private final ForwardedSession session;

	/** The newest run, while messages may be added to it. */
	private @Nullable ForwardRun newest;

	ForwardRuns(ForwardedSession session) {
		this.session = session;
	}

	void add(Message message, String node, long deadlineNanos) {
		Mailbox mailbox = this.session.handle().queue().mailbox();
		ForwardRun last = this.newest;
		if (last != null && last.node().equals(node) && mailbox.endsWith(last)) {
			last.add(new Forwarded(this.session, message, last, deadlineNanos));
			return;
		}
		ForwardRun next = new ForwardRun(this.session, node);
		this.newest = next;
		next.add(new Forwarded(this.session, message, next, deadlineNanos));
		mailbox.submit(next, this.session.loop());
	}

	void ended(ForwardRun run) {
		if (this.newest == run) {
			this.newest = null;
		}
	}

	boolean isEmpty() {
		return this.newest == null;
	}

}
