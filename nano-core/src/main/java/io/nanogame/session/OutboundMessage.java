package io.nanogame.session;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.nanogame.protocol.MessageType;
import io.nanogame.serialize.MergeForm;
import io.nanogame.serialize.MergedPayload;
import io.nanogame.serialize.PayloadWriter;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.time.RealTime;
import org.jspecify.annotations.Nullable;

/**
 * A message to a client: a response or a push. Its value is serialised on the first call
 * of {@link #body()}. Thread-safe.
 */
public final class OutboundMessage {

	private static final int MAX_ROUTE_BYTES = 255;

	private final MessageType type;

	private final long id;

	private final String route;

	private final Object value;

	private final boolean error;

	private final PayloadWriter writer;

	private final long createdNanos;

	/** The number of the client that has sent the request; 0 for any client. */
	private int client;

	/** Threads that race write equal bytes. */
	private byte @Nullable [] body;

	private OutboundMessage(MessageType type, long id, String route, Object value, boolean error, PayloadWriter writer,
			long createdNanos) {
		this.type = type;
		this.id = id;
		this.route = route;
		this.value = value;
		this.error = error;
		this.writer = writer;
		this.createdNanos = createdNanos;
	}

	/**
	 * Creates a push.
	 * @param route the client's listener
	 * @param value the payload
	 * @param writer serialises the payload
	 * @return the message
	 * @throws IllegalArgumentException when the route has more than 255 bytes
	 */
	public static OutboundMessage push(String route, Object value, PayloadWriter writer) {
		checkRoute(route);
		return new OutboundMessage(MessageType.PUSH, 0, route, value, false, writer, RealTime.nanoTime());
	}

	/**
	 * Returns one push with the items of several. It is as new as the last one.
	 * @param pushes at least one push with a {@link MergedPayload}; all of one route and
	 * form, and serialised with the same payloads
	 */
	static OutboundMessage merged(List<OutboundMessage> pushes) {
		OutboundMessage last = pushes.get(pushes.size() - 1);
		if (pushes.size() == 1) {
			return last;
		}
		MergeForm form = ((MergedPayload) last.value).form();
		List<Object> items = pushes.stream().flatMap((push) -> ((MergedPayload) push.value).items().stream()).toList();
		OutboundMessage all = last.withValue(new MergedPayload(form, items));
		all.body = form.join((Payloads) last.writer.undeclared(), pushes.stream().map(OutboundMessage::body).toList());
		return all;
	}

	static void checkRoute(String route) {
		if (route.length() > MAX_ROUTE_BYTES / 3 && route.getBytes(StandardCharsets.UTF_8).length > MAX_ROUTE_BYTES) {
			throw new IllegalArgumentException("A route has at most 255 bytes: " + route);
		}
	}

	/**
	 * Creates a response.
	 * @param id the id of the request
	 * @param route the route of the request, which is not sent
	 * @param value the payload
	 * @param error whether the request has failed
	 * @param writer serialises the payload
	 * @return the message
	 */
	public static OutboundMessage response(long id, String route, Object value, boolean error, PayloadWriter writer) {
		return new OutboundMessage(MessageType.RESPONSE, id, route, value, error, writer, 0);
	}

	/**
	 * Creates an error response, in the form that the client reads.
	 * @param session the receiver
	 * @param id the id of the request
	 * @param route the route of the request, which is not sent
	 * @param code an HTTP-like status, 400 to 599
	 * @param message the message for the developer of the client
	 * @return the message
	 */
	public static OutboundMessage error(Session session, long id, String route, int code, String message) {
		ErrorForm form = ErrorForm.of(session.handshake().client());
		return response(id, route, form.body(code, message), true, session.payloads());
	}

	/**
	 * Returns this message with another payload, for interceptors.
	 * @param otherValue an object; {@code byte[]} is sent unchanged
	 * @return a new message
	 */
	public OutboundMessage withValue(Object otherValue) {
		return new OutboundMessage(this.type, this.id, this.route, otherValue, this.error, this.writer.undeclared(),
				this.createdNanos)
			.forClient(this.client);
	}

	/**
	 * Marks a new response as that of one client, which is dropped when another client
	 * continues the session.
	 * @param number the number of the client, see {@link SessionHandle#client()}
	 * @return this message
	 */
	public OutboundMessage forClient(int number) {
		this.client = number;
		return this;
	}

	/** Returns the number of the client that has sent the request; 0 for any client. */
	public int client() {
		return this.client;
	}

	/**
	 * Returns whether this is a response for a client that the session does not have any
	 * more.
	 * @param receiver the session
	 * @return false for pushes
	 */
	public boolean isForFormerClient(Session receiver) {
		return this.client != 0 && this.client != SessionHandle.own(receiver).client();
	}

	/** Returns whether these payloads serialise the value. */
	boolean isWrittenWith(Payloads payloads) {
		return this.writer.undeclared() == payloads;
	}

	/**
	 * Returns whether this push was created in the handshake of its session, before a
	 * validator has chosen other payloads.
	 * @param session the receiver, which is not in its handshake any more
	 * @return true if its client cannot read this push
	 */
	public boolean isOutdated(Session session) {
		return this.type == MessageType.PUSH && this.writer instanceof Payloads written
				&& written != session.payloads();
	}

	/** Returns this message for sessions with other payloads. */
	OutboundMessage writtenWith(Payloads payloads) {
		return new OutboundMessage(this.type, this.id, this.route, this.value, this.error, payloads, this.createdNanos);
	}

	public MessageType type() {
		return this.type;
	}

	/**
	 * Returns the id of the request.
	 * @return an unsigned number; 0 for a push
	 */
	public long id() {
		return this.id;
	}

	/**
	 * Returns the route.
	 * @return the client's listener, or the route of the request
	 */
	public String route() {
		return this.route;
	}

	/**
	 * Returns the payload before it is serialised.
	 * @return the value that was pushed or returned
	 */
	public Object value() {
		return this.value;
	}

	/**
	 * Returns the time at which a push was created, to find the newer one of two.
	 * @return {@link RealTime#nanoTime()}; 0 for responses
	 */
	public long createdNanos() {
		return this.createdNanos;
	}

	public boolean isError() {
		return this.error;
	}

	/**
	 * Returns the serialised payload. The first call serialises it, on the calling
	 * thread.
	 * @return the bytes; must not be changed
	 * @throws SerializationException when the value cannot be serialised
	 */
	public byte[] body() {
		byte[] bytes = this.body;
		if (bytes == null) {
			bytes = this.writer.write(this.value);
			if (bytes.length > maxLength()) {
				throw new SerializationException(
						"The payload for %s has %d bytes, more than a packet takes".formatted(this.route, bytes.length),
						null);
			}
			this.body = bytes;
		}
		return bytes;
	}

	private int maxLength() {
		return (this.writer.undeclared() instanceof Payloads payloads) ? payloads.maxLength()
				: Payloads.DEFAULT_MAX_LENGTH;
	}

}
