package io.nanogame.route;

import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.nanogame.protocol.Message;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.PendingReply;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request or notify that is being handled. A request receives exactly one reply: the
 * result of its handler, or after {@link #defer()} the reply of any thread that calls
 * {@link #reply(Object)}.
 * <p>
 * Payload and attributes are not thread-safe: only one thread at a time may use them.
 */
public final class Request extends ReceivedMessage implements PendingReply {

	private static final Logger log = LoggerFactory.getLogger(Request.class);

	private static final AtomicIntegerFieldUpdater<Request> STATE = AtomicIntegerFieldUpdater.newUpdater(Request.class,
			"state");

	private static final int OPEN = 0;

	private static final int DEFERRED = 1;

	private static final int REPLIED = 2;

	/** The session that has received it, which its client may have left since. */
	private final SessionHandle handle;

	private final int client;

	private final long deadlineNanos;

	/** Null without interceptors. */
	private @Nullable HandlerRuns runs;

	private volatile int state = OPEN;

	/**
	 * Creates the request of a message.
	 * @param session the session that has sent it
	 * @param message the message
	 * @param headers the headers of the node that has forwarded it
	 * @param route its route
	 * @param deadlineNanos when it fails with 408, in the time of the server
	 */
	public Request(Session session, Message message, Map<String, String> headers, Route route, long deadlineNanos) {
		this(SessionHandle.own(session), SessionHandle.own(session).client(), message, headers, route, deadlineNanos);
	}

	/**
	 * Creates the request of a message of one client.
	 * @param handle the session that has received it
	 * @param client the number of the client at that time
	 * @param message the message
	 * @param headers the headers of the node that has forwarded it
	 * @param route its route
	 * @param deadlineNanos when it fails with 408, in the time of the server
	 */
	public Request(SessionHandle handle, int client, Message message, Map<String, String> headers, Route route,
			long deadlineNanos) {
		super(SessionHandle.of(handle.session()).session(), message, headers, route);
		this.handle = handle;
		this.client = client;
		this.deadlineNanos = deadlineNanos;
	}

	@Override
	public int client() {
		return this.client;
	}

	@Override
	public int weight() {
		return this.message.body().length;
	}

	/**
	 * Returns the runs of the handler, for code that wraps handlers. The first call must
	 * be on the thread that handles the request.
	 * @return always the same object
	 */
	public HandlerRuns openRuns() {
		HandlerRuns present = this.runs;
		if (present == null) {
			present = new HandlerRuns();
			this.runs = present;
		}
		return present;
	}

	/**
	 * Returns the runs of the handler, if there are interceptors.
	 * @return null without interceptors
	 */
	public @Nullable HandlerRuns runs() {
		return this.runs;
	}

	/**
	 * Defers the reply until {@link #reply}, {@link #fail} or {@link Session#respond} is
	 * called. The next message of the session does not wait for it. If none is called
	 * before the deadline, the request fails with 408. Without effect on a notify.
	 * @return this request, to which any thread may reply
	 */
	public Request defer() {
		if (expectsReply() && this.state == OPEN) {
			this.handle.queue().addPending(this);
			if (!STATE.compareAndSet(this, OPEN, DEFERRED) && this.state == REPLIED) {
				this.handle.queue().removePending(this);
			}
		}
		return this;
	}

	/**
	 * Replies to the request. Thread-safe.
	 * @param value the payload: an object for the session's serializer, a protobuf
	 * message, or {@code byte[]}; written as the type that the handler returns
	 * @return false when there was a reply already, when no reply is expected, or when
	 * the session is closed
	 * @throws SerializationException when the value cannot be written; the request fails
	 * with 500 then
	 */
	@Override
	public boolean reply(Object value) {
		int before = claimReply();
		if (before == REPLIED) {
			return false;
		}
		try {
			send(OutboundMessage.response(id(), route(), value, false,
					this.route.bodies(this.session).writerOr(this.session.payloads())));
			return this.session.isOpen();
		}
		catch (SerializationException ex) {
			sendError(500, "internal error");
			throw ex;
		}
		finally {
			afterReply(before);
		}
	}

	/**
	 * Fails the request. Thread-safe.
	 * @param code an HTTP-like status
	 * @param message the message for the developer of the client
	 * @return as for {@link #reply}
	 */
	public boolean fail(int code, String message) {
		int before = claimReply();
		if (before == REPLIED) {
			return false;
		}
		sendError(code, message);
		afterReply(before);
		return this.session.isOpen();
	}

	/** Never throws: the server may be failing many requests. */
	private void sendError(int code, String message) {
		try {
			send(OutboundMessage.error(this.session, id(), route(), code, message));
		}
		catch (SerializationException ex) {
			log.error("The error reply to {} cannot be written", route(), ex);
		}
	}

	/**
	 * Returns whether the result of the handler is not needed as a reply.
	 * @return true when there was a reply, when it is deferred, or when none is expected
	 */
	public boolean isSettled() {
		return this.state != OPEN || !expectsReply();
	}

	/**
	 * Returns whether the deadline has passed.
	 * @param nowNanos the time of the server
	 * @return true after the deadline
	 */
	public boolean isOverdue(long nowNanos) {
		return nowNanos - this.deadlineNanos > 0;
	}

	@Override
	public void expire(long nowNanos) {
		if (isOverdue(nowNanos)) {
			fail(408, "timed out");
		}
	}

	/** Not with 503, which means that the handler has not started. */
	@Override
	public void abandon() {
		fail(408, CloseReason.SHUTDOWN.message());
	}

	/**
	 * Claims the right to reply. Returns the previous state; REPLIED when no reply is
	 * due.
	 */
	private int claimReply() {
		return expectsReply() ? STATE.getAndSet(this, REPLIED) : REPLIED;
	}

	/**
	 * Called after the reply was sent, because a stopping server closes the connection
	 * after the last one.
	 */
	private void afterReply(int before) {
		if (before == DEFERRED) {
			this.handle.queue().removePending(this);
		}
	}

	private void send(OutboundMessage response) {
		this.handle.connection().send(response.forClient(this.client));
	}

}
