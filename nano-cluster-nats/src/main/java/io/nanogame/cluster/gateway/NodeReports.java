package io.nanogame.cluster.gateway;

import io.nanogame.cluster.frame.GatewayFrame.Reply;
import io.nanogame.session.CloseReason;

/**
 * The reports of other nodes about a session of this node and its messages. Confined to
 * the loop of the session, except for the methods that say otherwise.
 */
final class NodeReports {

	private final ForwardedSession session;

	NodeReports(ForwardedSession session) {
		this.session = session;
	}

	/**
	 * Sends the reply of a node. Thread-safe.
	 * @return whether the node has handled the message before, so that {@link #replied}
	 * must follow
	 */
	boolean reply(String from, Reply reply) {
		Forwarded message = this.session.inFlight().find(from, reply.sequence());
		if (message == null) {
			return false;
		}
		message.reply(reply.body(), reply.error());
		return message.isCompleted();
	}

	/** A node has replied. */
	void replied(String from, long sequence) {
		Forwarded message = this.session.inFlight().find(from, sequence);
		if (message != null) {
			this.session.copies().confirm(from);
			this.session.removeIfCompleted(message);
		}
	}

	/** A node has handled a message. */
	void handled(String from, long sequence) {
		Forwarded message = this.session.inFlight().find(from, sequence);
		if (message != null) {
			this.session.copies().confirm(from);
			message.handled();
			this.session.removeIfCompleted(message);
		}
	}

	/** A node knows the fate of a message: its reply is lost, or the message itself. */
	void fate(String from, long sequence, boolean replied) {
		Forwarded message = this.session.inFlight().find(from, sequence);
		if (message != null) {
			this.session.giveUp(message, replied ? 408 : 503, "lost between nodes");
		}
	}

	/**
	 * A node does not know the session: it was not subscribed when the session was
	 * introduced, or has considered this node dead. So it has not handled the message;
	 * except if it was queried later, and may have closed the session meanwhile. It is
	 * introduced again if it still serves the session.
	 */
	void unknownTo(String from, long sequence) {
		Forwarded message = this.session.inFlight().find(from, sequence);
		if (message != null) {
			// The session may have been introduced again after the message.
			boolean isCurrent = message.introduction() == this.session.copies().introduction(from);
			if (isCurrent) {
				introduceAgain(from);
			}
			this.session.giveUp(message, message.wasDoneQueried() ? 408 : 503, CloseReason.SESSION_LOST.message());
		}
		else {
			introduceAgain(from);
		}
	}

	private void introduceAgain(String node) {
		this.session.copies().remove(node);
		if (this.session.chosen().contains(node)) {
			this.session.copies().checks().ensureKnownTo(node);
		}
	}

}
