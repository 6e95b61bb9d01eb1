package io.nanogame.cluster.gateway;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.nanogame.cluster.frame.BackendFrame.ForwardedMessage;
import io.nanogame.cluster.peer.ForwardOutcome;
import io.nanogame.cluster.peer.PeerTraffic;
import io.nanogame.cluster.peer.RequestTime;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.CloseReason;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.PendingReply;
import io.nanogame.session.SessionHandle;
import io.nanogame.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * A message that another node handles. Counts as pending work of its session until it is
 * handled there and, if it is a request, has a reply, or until its deadline. The next
 * message of the session waits longer: until that node reports that this one is handled,
 * or is down. Confined to the loop of the session, except that a stop may abandon it.
 */
final class Forwarded implements PendingReply {

	private static final byte[] NO_BYTES = {};

	private static final int UNKNOWN = 408;

	private static final int NOT_STARTED = 503;

	/**
	 * How late the reply of the other node may be, which observes the deadline, too, and
	 * knows whether the handler has started.
	 */
	private static final long MAX_LATENESS_NANOS = TimeUnit.SECONDS.toNanos(2);

	/** The interval of queries whether an overdue message is handled. */
	private static final long QUERY_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final ForwardedSession session;

	private final SessionHandle sender;

	/** The number of the client that has sent it. */
	private final int client;

	/** Without its body after its deadline. */
	private volatile Message message;

	/** The length of the body in bytes, also after the deadline. */
	private final int weight;

	private final ForwardRun run;

	private final long deadlineNanos;

	/** Empty until the message is sent. */
	private String node = "";

	/** 0 until the message is sent. */
	private long sequence;

	private long sentNanos;

	private long queriedNanos;

	/** The number of the introduction of the session to the node, before the message. */
	private int introduction;

	/** The traffic of the node; null until the message is sent. */
	private @Nullable PeerTraffic traffic;

	private Span span = Span.NONE;

	private volatile boolean replied;

	/** Whether it was not sent, and will not be. */
	private boolean givenUp;

	/** Whether its deadline has passed, so that it is no pending work. */
	private boolean overdue;

	private volatile boolean handled;

	/** Whether its node was queried whether it is handled. */
	private boolean doneQueried;

	/** The failure of a notify, which has no reply. */
	private @Nullable String problem;

	Forwarded(ForwardRun run, Message message, long deadlineNanos) {
		this.run = run;
		this.session = run.session();
		this.sender = run.sender();
		this.client = this.sender.client();
		this.message = message;
		this.weight = message.body().length;
		this.deadlineNanos = deadlineNanos;
		this.replied = !isRequest();
		this.sender.queue().addPending(this);
	}

	private RequestTime time() {
		return this.session.time();
	}

	Message message() {
		return this.message;
	}

	private boolean isRequest() {
		return this.message.type() == MessageType.REQUEST && this.message.id() != 0;
	}

	/** Marks the message as sent. Returns false when it must not be sent any more. */
	synchronized boolean sent(String to, PeerTraffic trafficThere, Span started, long number) {
		if (this.givenUp) {
			started.end(ForwardOutcome.TIMED_OUT.name());
			return false;
		}
		this.node = to;
		this.traffic = trafficThere;
		this.span = started;
		this.sequence = number;
		this.sentNanos = time().now();
		return true;
	}

	/** Returns the frame of a message that is marked as {@link #sent}. */
	ForwardedMessage frame(Map<String, String> headers) {
		return new ForwardedMessage(this.session.session().id(), this.sequence, isRequest(), headers,
				this.message.route(), this.message.body(), time().millisLeft(this.deadlineNanos));
	}

	String node() {
		return this.node;
	}

	long sentNanos() {
		return this.sentNanos;
	}

	int introduction() {
		return this.introduction;
	}

	void introducedBy(int number) {
		this.introduction = number;
	}

	long sequence() {
		return this.sequence;
	}

	synchronized boolean isGivenUp() {
		return this.givenUp;
	}

	/** Replies with the reply of the node. */
	void reply(Object value, boolean error) {
		OutboundMessage response = OutboundMessage.response(this.message.id(), this.message.route(), value, error,
				this.session.session().payloads());
		reply(response, error ? ForwardOutcome.ERROR : ForwardOutcome.SUCCESS);
	}

	/** Sends a reply, unless there was one. */
	private void reply(OutboundMessage response, ForwardOutcome outcome) {
		synchronized (this) {
			if (this.replied) {
				return;
			}
			this.replied = true;
			if (this.traffic != null) {
				this.traffic.forwarded(outcome, time().now() - this.sentNanos);
				this.span.end((outcome != ForwardOutcome.SUCCESS) ? outcome.name() : null);
			}
		}
		this.sender.connection().send(response.forClient(this.client));
	}

	void fail(int code, String text) {
		fail(code, text, ForwardOutcome.LOST);
	}

	private void fail(int code, String text, ForwardOutcome outcome) {
		this.problem = outcome.name();
		reply(OutboundMessage.error(this.session.session(), this.message.id(), this.message.route(), code, text),
				outcome);
	}

	/** The node has handled it, or it was given up, so the next task may start. */
	void handled() {
		if (!this.handled) {
			this.handled = true;
			if (!isRequest()) {
				this.span.end(this.problem);
			}
			this.run.handled();
		}
	}

	void doneQueried() {
		this.doneQueried = true;
	}

	boolean wasDoneQueried() {
		return this.doneQueried;
	}

	/** Returns whether it was handled and, if it is a request, has a reply. */
	boolean isCompleted() {
		return this.replied && this.handled;
	}

	/** Removes it from the pending work of its session. */
	void remove() {
		this.sender.queue().removePending(this);
		if (this.overdue) {
			this.overdue = false;
			this.sender.queue().passed(this.weight);
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
		if (nowNanos - this.deadlineNanos > 0 && !isCompleted()) {
			this.run.onLoop(() -> expireOverdue(nowNanos));
		}
	}

	private void expireOverdue(long nowNanos) {
		long late = nowNanos - this.deadlineNanos;
		if (giveUpUnsent()) {
			countNoLonger();
			fail(NOT_STARTED, "not begun in time", ForwardOutcome.TIMED_OUT);
			this.run.resume();
		}
		else if (this.sequence != 0 && late > Math.min(MAX_LATENESS_NANOS, time().timeoutNanos() / 4)) {
			expireSent(nowNanos);
		}
	}

	private void expireSent(long nowNanos) {
		fail(UNKNOWN, "timed out", ForwardOutcome.TIMED_OUT);
		if (this.handled || !this.session.destinations().isConnected()) {
			// Only the reply was pending, or the node cannot report.
			this.session.giveUp(this, UNKNOWN, "timed out");
			return;
		}
		boolean first = !this.overdue;
		if (first) {
			countNoLonger();
		}
		if ((first || nowNanos - this.queriedNanos > QUERY_NANOS) && this.session.inFlight().isOldest(this)) {
			// The report may be lost, and must not block the session for ever.
			this.queriedNanos = nowNanos;
			this.session.queryDone(this);
		}
	}

	private void countNoLonger() {
		this.overdue = true;
		this.message = new Message(this.message.type(), this.message.id(), this.message.route(), NO_BYTES, false);
		this.sender.queue().giveUp(this.weight);
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
		boolean unsent = giveUpUnsent() || isGivenUp();
		fail(unsent ? NOT_STARTED : UNKNOWN, CloseReason.SHUTDOWN.message());
		this.session.loop()
			.execute(unsent ? this.run::resume
					: () -> this.session.giveUp(this, UNKNOWN, CloseReason.SHUTDOWN.message()));
	}

}
