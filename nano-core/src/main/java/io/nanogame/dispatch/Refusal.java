package io.nanogame.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nanogame.lane.Mailbox;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.PendingReply;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The error answer to a request that no handler sees. Given in its turn, behind the
 * session's earlier messages, on the connection's loop; without its turn when its time is
 * over.
 */
public final class Refusal extends Mailbox.Task implements PendingReply {

	private static final Logger log = LoggerFactory.getLogger(Refusal.class);

	private final AtomicBoolean sent = new AtomicBoolean();

	private final Session session;

	private final long id;

	private final String route;

	private final int code;

	private final String words;

	private final long deadlineNanos;

	private Refusal(Session session, Message message, int code, String words, long deadlineNanos) {
		this.session = session;
		this.id = message.id();
		this.route = message.route();
		this.code = code;
		this.words = words;
		this.deadlineNanos = deadlineNanos;
	}

	/**
	 * Refuses a message; without effect on one that expects no answer. On the session's
	 * loop.
	 * @param session whose message it is
	 * @param message the message
	 * @param code an HTTP-like status
	 * @param words for the developer of the client
	 * @param deadlineNanos when the answer waits no longer for earlier messages
	 */
	public static void submit(Session session, Message message, int code, String words, long deadlineNanos) {
		if (message.type() == MessageType.REQUEST && message.id() != 0) {
			session.work()
				.mailbox()
				.submit(new Refusal(session, message, code, words, deadlineNanos), session.connection().loop());
		}
	}

	@Override
	protected Executor executor() {
		return this.session.connection().loop();
	}

	@Override
	protected boolean run() {
		if (this.sent.compareAndSet(false, true)) {
			send();
		}
		else {
			this.session.work().passed(weight());
		}
		return true;
	}

	private void send() {
		this.session.connection().send(OutboundMessage.error(this.session, this.id, this.route, this.code, this.words));
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
			this.session.work().giveUp(weight());
			send();
		}
	}

	@Override
	protected boolean rejected(RejectedExecutionException ex) {
		log.debug("The event loop takes no task any more: {}", ex.getMessage());
		if (!this.sent.compareAndSet(false, true)) {
			this.session.work().passed(weight());
		}
		return true;
	}

}
