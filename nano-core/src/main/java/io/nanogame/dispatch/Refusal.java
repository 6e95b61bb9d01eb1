package io.nanogame.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nanogame.lane.Mailbox;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.PendingReply;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The error answer to a request that no handler sees. Given in its turn, behind the
 * session's earlier messages, on the connection's loop.
 */
public final class Refusal extends Mailbox.Task implements PendingReply {

	private static final Logger log = LoggerFactory.getLogger(Refusal.class);

	private final AtomicBoolean sent = new AtomicBoolean();

	private final Session session;

	private final Message message;

	private final int code;

	private final String words;

	private Refusal(Session session, Message message, int code, String words) {
		this.session = session;
		this.message = message;
		this.code = code;
		this.words = words;
	}

	/**
	 * Refuses a message; without effect on one that nobody waits for. On the session's
	 * loop.
	 * @param session whose message it is
	 * @param message the message
	 * @param code an HTTP-like status
	 * @param words for the developer of the client
	 */
	public static void submit(Session session, Message message, int code, String words) {
		if (message.type() == MessageType.REQUEST && message.id() != 0) {
			session.work().mailbox().submit(new Refusal(session, message, code, words), session.connection().loop());
		}
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
		ErrorBody error = ErrorBody.of(this.code, this.words, this.session.handshake().client().pitaya());
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
