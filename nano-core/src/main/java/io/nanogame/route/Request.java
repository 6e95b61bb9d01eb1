package io.nanogame.route;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.serialize.PayloadReader;
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
 * A request or notify that is being handled. Owns its answer: a request is answered
 * exactly once, by what its handler returns, or, after {@link #defer()}, by whoever calls
 * {@link #reply(Object)}, from any thread.
 * <p>
 * Payload and attributes belong to the handling: they are not for two threads at once.
 */
public final class Request implements PendingReply {

	private static final Logger log = LoggerFactory.getLogger(Request.class);

	private static final AtomicIntegerFieldUpdater<Request> STATE = AtomicIntegerFieldUpdater.newUpdater(Request.class,
			"state");

	private static final int OPEN = 0;

	private static final int DEFERRED = 1;

	private static final int ANSWERED = 2;

	private final Session session;

	private final Message message;

	private final Map<String, String> headers;

	private final Route route;

	private final long deadlineNanos;

	private byte[] body;

	private @Nullable Object payload;

	private @Nullable Map<String, Object> attributes;

	/** Null as long as there is no interceptor. */
	private @Nullable HandlerRuns runs;

	private volatile int state = OPEN;

	/**
	 * A message to be handled.
	 * @param session whose it is
	 * @param message the message
	 * @param headers of the node it comes from
	 * @param route where it goes
	 * @param deadlineNanos when it is answered 408, in the time of the server
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
	 * The name of the route.
	 * @return such as {@code room.join}
	 */
	public String route() {
		return this.route.name();
	}

	/**
	 * The id the client gave this request.
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
	 * What the node this comes from has to say about it, such as the context of a trace.
	 * @return names and values, not to be changed; empty when the client is connected to
	 * this node
	 */
	public Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Whether the client waits for an answer.
	 * @return false for a notify, and for a request with id 0, which cannot be answered
	 */
	public boolean expectsReply() {
		return this.message.type() == MessageType.REQUEST && this.message.id() != 0;
	}

	/**
	 * The payload as it came, or as an interceptor replaced it.
	 * @return the bytes, not to be changed
	 */
	public byte[] body() {
		return this.body;
	}

	/**
	 * Replaces the payload, for interceptors.
	 * @param otherBody the bytes the handler is given
	 */
	public void body(byte[] otherBody) {
		this.body = otherBody;
		this.payload = null;
	}

	/**
	 * The payload as the type the handler declares. Read the first time.
	 * @return the value; the bytes when the handler takes no payload
	 * @throws RequestException 400 when the bytes are not such a value
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
	 * What interceptors and handler tell each other about this request.
	 * @return names and values, gone with the request
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
	 * What interceptors let pass to the handler, for those who put them around it. To be
	 * called first on the thread that handles the request.
	 * @return the same each time
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
	 * What interceptors have let pass to the handler.
	 * @return null when there is no interceptor
	 */
	public @Nullable HandlerRuns runs() {
		return this.runs;
	}

	/**
	 * Says that the answer comes later. The next message of the session does not wait for
	 * it. Unless {@link #reply}, {@link #fail} or {@link Session#respond} answers in
	 * time, the client is answered 408. Without effect on a notify.
	 * @return this, to be answered from any thread
	 */
	public Request defer() {
		if (expectsReply() && this.state == OPEN) {
			SessionHandle.of(this.session).queue().addPending(this);
			if (!STATE.compareAndSet(this, OPEN, DEFERRED) && this.state == ANSWERED) {
				SessionHandle.of(this.session).queue().removePending(this);
			}
		}
		return this;
	}

	/**
	 * Answers the request. Any thread.
	 * @param value the payload: an object for the session's serializer, a protobuf
	 * message, or {@code byte[]}; written as the type the handler returns
	 * @return false when it has its answer already, when nobody waits for one, or when
	 * the session is closed
	 * @throws SerializationException when the value cannot be written; the client is
	 * answered 500 then
	 */
	@Override
	public boolean reply(Object value) {
		int before = take();
		if (before == ANSWERED) {
			return false;
		}
		try {
			send(OutboundMessage.response(id(), route(), value, false,
					this.route.bodies(this.session).writerOr(this.session.payloads())));
			return this.session.isOpen();
		}
		catch (SerializationException ex) {
			tell(500, "internal error");
			throw ex;
		}
		finally {
			answered(before);
		}
	}

	/**
	 * Answers the request with an error. Any thread.
	 * @param code an HTTP-like status
	 * @param words for the developer of the client
	 * @return as for {@link #reply}
	 */
	public boolean fail(int code, String words) {
		int before = take();
		if (before == ANSWERED) {
			return false;
		}
		tell(code, words);
		answered(before);
		return this.session.isOpen();
	}

	/** Never throws: whoever gives a request up has more to do. */
	private void tell(int code, String words) {
		try {
			send(OutboundMessage.error(this.session, id(), route(), code, words));
		}
		catch (SerializationException ex) {
			log.error("The error answer to {} cannot be written", route(), ex);
		}
	}

	/**
	 * Whether the handler has seen to the answer.
	 * @return true when it was answered or deferred, or none is expected
	 */
	public boolean isSettled() {
		return this.state != OPEN || !expectsReply();
	}

	/**
	 * Whether the time for the answer is over.
	 * @param nowNanos the time of the server
	 * @return true past the deadline
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

	/** Not 503, which would say that it has not begun. */
	@Override
	public void abandon() {
		fail(408, CloseReason.SHUTDOWN.message());
	}

	/** Returns the state before; ANSWERED when there is nothing to answer. */
	private int take() {
		return expectsReply() ? STATE.getAndSet(this, ANSWERED) : ANSWERED;
	}

	/** Behind the answer, because a server that stops closes behind the last of them. */
	private void answered(int before) {
		if (before == DEFERRED) {
			SessionHandle.of(this.session).queue().removePending(this);
		}
	}

	private void send(OutboundMessage response) {
		SessionHandle.of(this.session).connection().send(response);
	}

}
