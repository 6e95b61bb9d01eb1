package io.nanogame.cluster.backend;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.cluster.frame.GatewayFrame.MessageDone;
import io.nanogame.lane.Mailbox;
import io.nanogame.lane.MailboxTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports to the gateway that a message is done. It is the next task after the message in
 * the mailbox of the session.
 */
class Marker extends MailboxTask {

	private static final Logger log = LoggerFactory.getLogger(Marker.class);

	private final RemoteSession session;

	private final long sequence;

	Marker(RemoteSession session, long sequence) {
		this.session = session;
		this.sequence = sequence;
	}

	@Override
	protected Executor executor() {
		return Mailbox.ANYWHERE;
	}

	@Override
	protected boolean run() {
		this.session.sendIfOpen(new MessageDone(this.session.id(), this.sequence));
		return true;
	}

	@Override
	protected boolean rejected(RejectedExecutionException ex) {
		log.debug("This node stops: {}", ex.getMessage());
		return true;
	}

}
