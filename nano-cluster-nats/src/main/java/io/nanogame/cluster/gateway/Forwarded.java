package io.nanogame.cluster.gateway;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.nanogame.cluster.peer.ForwardOutcome;
import io.nanogame.cluster.peer.PeerTraffic;
import io.nanogame.cluster.wire.MessageFrame;
import io.nanogame.cluster.wire.RequestTime;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.CloseReason;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.PendingReply;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * A message that another node handles. Counts as work of its session until it is handled
 * there and, if it is a request, answered, or its time is over. The order of the session
 * waits longer: until that node says that it is handled, or is gone. Belongs to the
 * session's loop, except that a stop may abandon it.
 */
final class Forwarded implements PendingReply {

	private static final byte[] NO_BYTES = {};

	private static final int UNKNOWN = 408;

	private static final int NOT_BEGUN = 503;

	/**
	 * How long the answer of the other node, which minds the time as well, may be late:
	 * it knows whether the message has begun.
	 */
	private static final long MOST_LATENESS_NANOS = TimeUnit.SECONDS.toNanos(2);

	/** How often the other node is asked whether an overdue message is handled. */
	private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final ClientSeat seat;

	/** Without its body once its time is over. */
	private volatile Message message;

	/** Bytes of the body, also when it is let go. */
	private final int weight;

	private final Stretch stretch;

	private final long deadlineNanos;

	/** Empty until it was sent. */
	private String node = "";

	/** 0 until it was sent. */
	private long sequence;

	private long sentNanos;

	private long askedNanos;

	/** Of the node; null until it was sent. */
	private @Nullable PeerTraffic traffic;

	private Span span = Span.NONE;

	private volatile boolean answered;

	/** It was not sent, and will not be. */
	private boolean givenUp;

	/** Its time is over, and it does not count as work any more. */
	private boolean overdue;

	private boolean handled;

	/** Its node was asked whether it is handled. */
	private boolean asked;

	/** Of a notify, which gets no answer. */
	private @Nullable String problem;

	Forwarded(ClientSeat seat, Message message, Stretch stretch, long deadlineNanos) {
		this.seat = seat;
		this.message = message;
		this.weight = message.body().length;
		this.stretch = stretch;
		this.deadlineNanos = deadlineNanos;
		this.answered = !isRequest();
		handle().queue().addPending(this);
	}

	private Session session() {
		return this.seat.session();
	}

	private SessionHandle handle() {
		return this.seat.handle();
	}

	private RequestTime time() {
		return this.seat.time();
	}

	Message message() {
		return this.message;
	}

	private boolean isRequest() {
		return this.message.type() == MessageType.REQUEST && this.message.id() != 0;
	}

	/** Returns false when it must not be sent any more. */
	synchronized boolean sent(String to, PeerTraffic toThere, Span begun, long number) {
		if (this.givenUp) {
			begun.end(ForwardOutcome.TIMED_OUT.name());
			return false;
		}
		this.node = to;
		this.traffic = toThere;
		this.span = begun;
		this.sequence = number;
		this.sentNanos = time().now();
		return true;
	}

	/** What the node is told, once it was {@link #sent}. */
	MessageFrame frame(Map<String, String> headers) {
		return new MessageFrame(this.sequence, isRequest(), headers, this.message.route(), this.message.body(),
				time().millisLeft(this.deadlineNanos));
	}

	String node() {
		return this.node;
	}

	long sequence() {
		return this.sequence;
	}

	synchronized boolean isGivenUp() {
		return this.givenUp;
	}

	/** The node's own answer. */
	void answer(Object value, boolean error) {
		OutboundMessage response = OutboundMessage.response(this.message.id(), this.message.route(), value, error,
				session().payloads());
		answer(response, error ? ForwardOutcome.ERROR : ForwardOutcome.SUCCESS);
	}

	/** The first answer counts. */
	private void answer(OutboundMessage response, ForwardOutcome outcome) {
		synchronized (this) {
			if (this.answered) {
				return;
			}
			this.answered = true;
			if (this.traffic != null) {
				this.traffic.forwarded(outcome, time().now() - this.sentNanos);
				this.span.end((outcome != ForwardOutcome.SUCCESS) ? outcome.name() : null);
			}
		}
		handle().connection().send(response);
	}

	void fail(int code, String text) {
		fail(code, text, ForwardOutcome.LOST);
	}

	private void fail(int code, String text, ForwardOutcome outcome) {
		this.problem = outcome.name();
		answer(OutboundMessage.error(session(), this.message.id(), this.message.route(), code, text), outcome);
	}

	/** The node is done with it, or it was given up: what waits behind it may go on. */
	void handled() {
		if (!this.handled) {
			this.handled = true;
			if (!isRequest()) {
				this.span.end(this.problem);
			}
			this.stretch.handled();
		}
	}

	void asked() {
		this.asked = true;
	}

	boolean wasAsked() {
		return this.asked;
	}

	/** Whether nothing of it is left to come. */
	boolean isOver() {
		return this.answered && this.handled;
	}

	/** It is not work of its session any more. */
	void left() {
		if (this.overdue) {
			this.overdue = false;
			handle().queue().passed(this.weight);
		}
	}

	@Override
	public long id() {
		return this.message.id();
	}

	@Override
	public int weight() {
		return this.weight;
	}

	@Override
	public void expire(long nowNanos) {
		long late = nowNanos - this.deadlineNanos;
		if (late <= 0 || isOver()) {
			return;
		}
		if (giveUpUnsent()) {
			countNoLonger();
			fail(NOT_BEGUN, "not begun in time", ForwardOutcome.TIMED_OUT);
		}
		else if (this.sequence != 0 && late > Math.min(MOST_LATENESS_NANOS, time().timeoutNanos() / 4)) {
			expireSent(nowNanos);
		}
	}

	private void expireSent(long nowNanos) {
		fail(UNKNOWN, "timed out", ForwardOutcome.TIMED_OUT);
		if (this.handled || !this.seat.isConnected()) {
			// Only the answer was waited for, or the node counts as gone.
			this.seat.giveUp(this, UNKNOWN, "timed out");
			return;
		}
		boolean first = !this.overdue;
		if (first) {
			countNoLonger();
		}
		if ((first || nowNanos - this.askedNanos > ASK_NANOS) && this.seat.isOldest(this)) {
			// What it said may be lost, and the session must not wait for that for ever.
			this.askedNanos = nowNanos;
			this.seat.askDone(this);
		}
	}

	private void countNoLonger() {
		this.overdue = true;
		this.message = new Message(this.message.type(), this.message.id(), this.message.route(), NO_BYTES, false);
		handle().queue().giveUp(this.weight);
	}

	private synchronized boolean giveUpUnsent() {
		if (this.sequence != 0 || this.givenUp) {
			return false;
		}
		this.givenUp = true;
		return true;
	}

	@Override
	public void abandon() {
		boolean unsent = giveUpUnsent();
		fail((unsent || isGivenUp()) ? NOT_BEGUN : UNKNOWN, CloseReason.SHUTDOWN.message());
		if (!unsent) {
			this.seat.loop().execute(() -> this.seat.giveUp(this, UNKNOWN, CloseReason.SHUTDOWN.message()));
		}
	}

}
