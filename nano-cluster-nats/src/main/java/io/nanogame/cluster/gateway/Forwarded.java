package io.nanogame.cluster.gateway;

import io.nanogame.cluster.wire.ForwardOutcome;
import io.nanogame.cluster.wire.PeerTraffic;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.session.CloseReason;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.PendingReply;
import io.nanogame.session.Session;
import io.nanogame.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * A message that another node handles. Counts as work of its session until it is handled
 * there and, if it is a request, answered. Belongs to the session's loop, except that a
 * stop may abandon it.
 */
final class Forwarded implements PendingReply {

	private static final int TIMED_OUT = 408;

	private final ClientSeat seat;

	private final Message message;

	private final Stretch stretch;

	/** Empty until it was sent. */
	private String node = "";

	private long sequence;

	private long sentNanos;

	private long deadlineNanos;

	/** Of the node; null until it was sent. */
	private @Nullable PeerTraffic traffic;

	private Span span = Span.NONE;

	private volatile boolean answered;

	private boolean handled;

	/** Of a notify, which nobody is told of. */
	private @Nullable String problem;

	Forwarded(ClientSeat seat, Message message, Stretch stretch) {
		this.seat = seat;
		this.message = message;
		this.stretch = stretch;
		this.answered = !isRequest();
		session().work().await(this);
	}

	private Session session() {
		return this.seat.session();
	}

	Message message() {
		return this.message;
	}

	boolean isRequest() {
		return this.message.type() == MessageType.REQUEST && this.message.id() != 0;
	}

	synchronized void sent(String to, PeerTraffic toThere, Span begun, long number, long now, long timeout) {
		this.node = to;
		this.traffic = toThere;
		this.span = begun;
		this.sequence = number;
		this.sentNanos = now;
		this.deadlineNanos = now + timeout;
	}

	String node() {
		return this.node;
	}

	long sequence() {
		return this.sequence;
	}

	/** The node's own answer. */
	void answer(Object value, boolean error) {
		answer(value, error, error ? ForwardOutcome.ERROR : ForwardOutcome.SUCCESS);
	}

	/** Answers, if nobody has. */
	private void answer(Object value, boolean error, ForwardOutcome outcome) {
		synchronized (this) {
			if (this.answered) {
				return;
			}
			this.answered = true;
			if (this.traffic != null) {
				this.traffic.forwarded(outcome, System.nanoTime() - this.sentNanos);
				this.span.end((outcome != ForwardOutcome.SUCCESS) ? outcome.name() : null);
			}
		}
		session().connection()
			.send(OutboundMessage.response(this.message.id(), this.message.route(), value, error,
					session().payloads()));
	}

	void fail(int code, String words) {
		ForwardOutcome outcome = (code == TIMED_OUT) ? ForwardOutcome.TIMED_OUT : ForwardOutcome.LOST;
		this.problem = outcome.name();
		answer(ErrorBody.of(code, words, session().handshake().client().pitaya()), true, outcome);
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

	/** Whether nothing of it is left to come. */
	boolean isOver() {
		return this.answered && this.handled;
	}

	@Override
	public long id() {
		return this.message.id();
	}

	@Override
	public void expire(long nowNanos) {
		if (this.sequence != 0 && nowNanos - this.deadlineNanos > 0) {
			this.seat.giveUp(this, TIMED_OUT, "timed out");
		}
	}

	@Override
	public void abandon() {
		fail(503, CloseReason.SHUTDOWN.words());
		this.seat.loop().execute(() -> this.seat.giveUp(this, 503, CloseReason.SHUTDOWN.words()));
	}

}
