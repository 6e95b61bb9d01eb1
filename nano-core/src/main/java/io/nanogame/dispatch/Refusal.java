package io.nanogame.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nanogame.lane.MailboxTask;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.PendingReply;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The error response to a request that no handler receives. It is sent on the
 * connection's loop, after the responses to earlier messages, or earlier if its deadline
 * has passed.
 */
public final class Refusal extends MailboxTask implements PendingReply {

	private static final Logger log = LoggerFactory.getLogger(Refusal.class);

	private final AtomicBoolean sent = new AtomicBoolean();

	private final SessionHandle handle;

	private final int client;

	private final long id;

	private final String route;

	private final int code;

	private final String text;

	private final long deadlineNanos;

	private Refusal(SessionHandle handle, Message message, int code, String text, long deadlineNanos) {
		this.handle = handle;
		this.client = handle.client();
		this.id = message.id();
		this.route = message.route();
		this.code = code;
		this.text = text;
		this.deadlineNanos = deadlineNanos;
	}

	/**
	 * Refuses a message. Has no effect on a message that is not a request. On the
	 * session's loop.
	 * @param session the session that sent the message
	 * @param message the message
	 * @param code an HTTP-like status
	 * @param text the message of the error, for the developer of the client
	 * @param deadlineNanos when the response no longer waits for earlier messages
	 */
	public static void submit(Session session, Message message, int code, String text, long deadlineNanos) {
		if (message.type() == MessageType.REQUEST && message.id() != 0) {
			SessionHandle handle = SessionHandle.own(session);
			handle.queue()
				.mailbox()
				.submit(new Refusal(handle, message, code, text, deadlineNanos), handle.connection().loop());
		}
	}

	@Override
	protected Executor executor() {
		return this.handle.connection().loop();
	}

	@Override
	protected boolean run() {
		if (this.sent.compareAndSet(false, true)) {
			send();
		}
		else {
			this.handle.queue().passed(weight());
		}
		return true;
	}

	private void send() {
		this.handle.connection()
			.send(OutboundMessage.error(this.handle.session(), this.id, this.route, this.code, this.text)
				.forClient(this.client));
	}

	@Override
	public long id() {
		return this.id;
	}

	@Override
	public void expire(long nowNanos) {
		if (nowNanos - this.deadlineNanos > 0) {
			abandon();
		}
	}

	@Override
	public void abandon() {
		if (this.sent.compareAndSet(false, true)) {
			this.handle.queue().giveUp(weight());
			send();
		}
	}

	@Override
	protected boolean rejected(RejectedExecutionException ex) {
		log.debug("The event loop rejected an error response: {}", ex.getMessage());
		if (!this.sent.compareAndSet(false, true)) {
			this.handle.queue().passed(weight());
		}
		return true;
	}

}
