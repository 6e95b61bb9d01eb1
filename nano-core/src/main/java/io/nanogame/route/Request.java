package io.nanogame.route;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.MessageReceiver;
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
public final class Request implements PendingReply {

	private static final Logger log = LoggerFactory.getLogger(Request.class);

	private static final AtomicIntegerFieldUpdater<Request> STATE = AtomicIntegerFieldUpdater.newUpdater(Request.class,
			"state");

	private static final int OPEN = 0;

	private static final int DEFERRED = 1;

	private static final int REPLIED = 2;

	private final Session session;

	private final Message message;

	private final Map<String, String> headers;

	private final Route route;

	private final long deadlineNanos;

	private byte[] body;

	private @Nullable Object payload;

	private @Nullable Map<String, Object> attributes;

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
		this.session = session;
		this.message = message;
		this.headers = headers;
		this.route = route;
		this.deadlineNanos = deadlineNanos;
		this.body = message.body();
	}

	public Session session() {
		return this.session;
	}

	/**
	 * Returns the name of the route.
	 * @return a name such as {@code room.join}
	 */
	public String route() {
		return this.route.name();
	}

	/**
	 * Returns the id that the client has given this request.
	 * @return an unsigned number, 0 for a notify
	 */
	@Override
	public long id() {
		return this.message.id();
	}

	@Override
	public int weight() {
		return this.message.body().length;
	}

	/**
	 * Returns the headers of the node that has forwarded it, such as the context of a
	 * trace.
	 * @return names and values, not to be changed; empty when the client is connected to
	 * this node
	 */
	public Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Returns whether the client has sent this message as text. Only the protocol
	 * {@code raw} distinguishes text and binary messages.
	 * @return false for a binary message, and with any other protocol
	 */
	public boolean isText() {
		return this.headers.equals(MessageReceiver.SENT_AS_TEXT);
	}

	/**
	 * Returns whether the client waits for a reply.
	 * @return false for a notify, and for a request with id 0, which cannot receive a
	 * reply
	 */
	public boolean expectsReply() {
		return this.message.type() == MessageType.REQUEST && this.message.id() != 0;
	}

	/**
	 * Returns the payload as received, or as replaced by an interceptor.
	 * @return the bytes, not to be changed
	 */
	public byte[] body() {
		return this.body;
	}

	/**
	 * Replaces the payload, for interceptors.
	 * @param otherBody the bytes that the handler receives
	 */
	public void body(byte[] otherBody) {
		this.body = otherBody;
		this.payload = null;
	}

	/**
	 * Returns the payload as the type that the handler declares. Deserialised at the
	 * first call.
	 * @return the value; the bytes when the handler declares no payload
	 * @throws RequestException 400 when the bytes are not a value of that type
	 */
	public Object payload() {
		Object present = this.payload;
		if (present == null) {
			present = read(this.body);
			this.payload = present;
		}
		return present;
	}

	/**
	 * Replaces the payload, for interceptors.
	 * @param otherPayload a value of the type the handler declares
	 */
	public void payload(Object otherPayload) {
		this.payload = otherPayload;
	}

	private Object read(byte[] bytes) {
		PayloadReader reader = this.route.bodies(this.session).reader();
		if (reader == null) {
			return bytes;
		}
		try {
			Object value = reader.read(bytes);
			if (value == null) {
				throw new RequestException(400, "The body must not be null");
			}
			return value;
		}
		catch (SerializationException ex) {
			throw new RequestException(400, "The body is not what this route expects", ex);
		}
	}

	/**
	 * Returns the attributes of this request, which interceptors and handler share.
	 * @return a modifiable map
	 */
	public Map<String, Object> attributes() {
		Map<String, Object> present = this.attributes;
		if (present == null) {
			present = new ConcurrentHashMap<>(4);
			this.attributes = present;
		}
		return present;
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
			SessionHandle.of(this.session).queue().addPending(this);
			if (!STATE.compareAndSet(this, OPEN, DEFERRED) && this.state == REPLIED) {
				SessionHandle.of(this.session).queue().removePending(this);
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
			SessionHandle.of(this.session).queue().removePending(this);
		}
	}

	private void send(OutboundMessage response) {
		SessionHandle.of(this.session).connection().send(response);
	}

}
