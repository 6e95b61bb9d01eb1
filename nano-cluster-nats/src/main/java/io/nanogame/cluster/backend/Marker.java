package io.nanogame.cluster.backend;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.lane.Mailbox;
import io.nanogame.lane.MailboxTask;
import io.nanogame.session.SessionHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands behind a message in its session's mailbox, and tells the gateway that it is
 * done.
 */
final class Marker extends MailboxTask {

	private static final Logger log = LoggerFactory.getLogger(Marker.class);

	private final SessionHandle handle;

	private final long sequence;

	private final FrameWriter writer;

	Marker(SessionHandle handle, long sequence, FrameWriter writer) {
		this.handle = handle;
		this.sequence = sequence;
		this.writer = writer;
	}

	@Override
	protected Executor executor() {
		return Mailbox.ANYWHERE;
	}

	@Override
	protected boolean run() {
		if (this.handle.connection() instanceof GatewayConnection connection && !connection.isGone()) {
			connection.outbox().send(this.writer.done(this.handle.session().id(), this.sequence));
		}
		return true;
	}

	@Override
	protected boolean rejected(RejectedExecutionException ex) {
		log.debug("This node stops: {}", ex.getMessage());
		return true;
	}

}
