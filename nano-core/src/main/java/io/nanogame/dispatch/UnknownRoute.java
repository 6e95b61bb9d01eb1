package io.nanogame.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nanogame.lane.Mailbox;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.PendingReply;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server does alone with a route it does not have: requests are answered 404, in
 * their turn.
 */
public final class UnknownRoute implements MessageReceiver {

	private static final Logger log = LoggerFactory.getLogger(UnknownRoute.class);

	@Override
	public void receive(Session session, Message message) {
		log.debug("{} sent a {} to a route that is not there", session, message.type());
		if (message.type() == MessageType.REQUEST && message.id() != 0) {
			session.work().mailbox().submit(new Answer(session, message), session.connection().loop());
		}
	}

	/** Runs on the event loop, behind the messages that came before. */
	private static final class Answer extends Mailbox.Task implements PendingReply {

		private final AtomicBoolean sent = new AtomicBoolean();

		private final Session session;

		private final Message message;

		Answer(Session session, Message message) {
			this.session = session;
			this.message = message;
		}

		@Override
		protected Executor executor() {
			return this.session.connection().loop();
		}

		@Override
		protected boolean run() {
			if (!this.sent.compareAndSet(false, true)) {
				return true;
			}
			ErrorBody error = ErrorBody.of(404, "no such route", this.session.handshake().client().pitaya());
			this.session.connection()
				.send(OutboundMessage.response(this.message.id(), this.message.route(), error, true,
						this.session.payloads()));
			return true;
		}

		@Override
		public long id() {
			return this.message.id();
		}

		@Override
		public boolean reply(Object value) {
			return false;
		}

		@Override
		public void expire(long nowNanos) {
			// It only waits for its turn.
		}

		@Override
		public void abandon() {
			run();
		}

		@Override
		protected void rejected(RejectedExecutionException ex) {
			log.debug("The event loop takes no task any more: {}", ex.getMessage());
		}

	}

}
