package io.nanogame.cluster.backend;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.lane.Mailbox;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands behind a message in its session's mailbox, and tells the gateway that it is
 * done.
 */
final class Marker extends Mailbox.Task {

	private static final Logger log = LoggerFactory.getLogger(Marker.class);

	private final Session session;

	private final long sequence;

	private final FrameWriter writer;

	Marker(Session session, long sequence, FrameWriter writer) {
		this.session = session;
		this.sequence = sequence;
		this.writer = writer;
	}

	@Override
	protected Executor executor() {
		return Mailbox.ANYWHERE;
	}

	@Override
	protected boolean run() {
		if (this.session.connection() instanceof GatewayConnection connection && !connection.isGone()) {
			connection.outbox().send(this.writer.done(this.session.id(), this.sequence));
		}
		return true;
	}

	@Override
	protected boolean rejected(RejectedExecutionException ex) {
		log.debug("This node stops: {}", ex.getMessage());
		return true;
	}

}
