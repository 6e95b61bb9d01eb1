package io.nanogame.session;

import java.nio.charset.StandardCharsets;

import io.nanogame.protocol.MessageType;
import io.nanogame.serialize.PayloadWriter;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.time.RealTime;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to a client: a response or a push, with its value and, from the
 * first time somebody asks, its bytes.
 */
public final class OutboundMessage {

	private static final int MAX_ROUTE_BYTES = 255;

	/** A packet's length has 24 bits; flag, id and route need some of it. */
	private static final int MAX_BODY_BYTES = 0xFFFFFF - 512;

	private final MessageType type;

	private final long id;

	private final String route;

	private final Object value;

	private final boolean error;

	private final PayloadWriter writer;

	private final long madeNanos;

	/** Written once with equal content, so a race costs only time. */
	private byte @Nullable [] body;

	private OutboundMessage(MessageType type, long id, String route, Object value, boolean error, PayloadWriter writer,
			long madeNanos) {
		this.type = type;
		this.id = id;
		this.route = route;
		this.value = value;
		this.error = error;
		this.writer = writer;
		this.madeNanos = madeNanos;
	}

	/**
	 * A push.
	 * @param route the client's listener
	 * @param value the payload
	 * @param writer makes bytes of it
	 * @return the message
	 * @throws IllegalArgumentException when the route has more than 255 bytes
	 */
	public static OutboundMessage push(String route, Object value, PayloadWriter writer) {
		checkRoute(route);
		return new OutboundMessage(MessageType.PUSH, 0, route, value, false, writer, RealTime.nanoTime());
	}

	static void checkRoute(String route) {
		if (route.length() > MAX_ROUTE_BYTES / 3 && route.getBytes(StandardCharsets.UTF_8).length > MAX_ROUTE_BYTES) {
			throw new IllegalArgumentException("A route has at most 255 bytes: " + route);
		}
	}

	/**
	 * A response.
	 * @param id the id of the request
	 * @param route the route of the request, which does not travel
	 * @param value the payload
	 * @param error whether this is an error answer
	 * @param writer makes bytes of it
	 * @return the message
	 */
	public static OutboundMessage response(long id, String route, Object value, boolean error, PayloadWriter writer) {
		return new OutboundMessage(MessageType.RESPONSE, id, route, value, error, writer, 0);
	}

	/**
	 * An error response, in the form that the client reads.
	 * @param session gets it
	 * @param id the id of the request
	 * @param route the route of the request, which does not travel
	 * @param code an HTTP-like status, 400 to 599
	 * @param message for the developer of the client
	 * @return the message
	 */
	public static OutboundMessage error(Session session, long id, String route, int code, String message) {
		ErrorForm form = ErrorForm.of(session.handshake().client());
		return response(id, route, form.body(code, message), true, session.payloads());
	}

	/**
	 * The same message with another payload, for interceptors.
	 * @param otherValue an object, or {@code byte[]} for bytes as they are
	 * @return a new message
	 */
	public OutboundMessage withValue(Object otherValue) {
		return new OutboundMessage(this.type, this.id, this.route, otherValue, this.error, this.writer.undeclared(),
				this.madeNanos);
	}

	/** Whether the value becomes bytes as these payloads make them. */
	boolean isWrittenWith(Payloads payloads) {
		return this.writer.undeclared() == payloads;
	}

	/** Returns the same message for a session that has other payloads. */
	OutboundMessage writtenWith(Payloads payloads) {
		return new OutboundMessage(this.type, this.id, this.route, this.value, this.error, payloads, this.madeNanos);
	}

	public MessageType type() {
		return this.type;
	}

	/**
	 * The id of the request this answers.
	 * @return an unsigned number, 0 for a push
	 */
	public long id() {
		return this.id;
	}

	/**
	 * The client's listener, or the route of the request that is answered.
	 * @return the route
	 */
	public String route() {
		return this.route;
	}

	/**
	 * The payload before it becomes bytes.
	 * @return what was pushed or returned
	 */
	public Object value() {
		return this.value;
	}

	/**
	 * When a push was made, to tell which of two is newer.
	 * @return {@link RealTime#nanoTime()}; 0 for responses
	 */
	public long madeNanos() {
		return this.madeNanos;
	}

	public boolean isError() {
		return this.error;
	}

	/**
	 * The payload as bytes. Serialises the first time, on the calling thread.
	 * @return the bytes, not to be changed
	 * @throws SerializationException when the value cannot be written
	 */
	public byte[] body() {
		byte[] bytes = this.body;
		if (bytes == null) {
			bytes = this.writer.write(this.value);
			if (bytes.length > MAX_BODY_BYTES) {
				throw new SerializationException(
						"The payload for %s has %d bytes, more than a packet takes".formatted(this.route, bytes.length),
						null);
			}
			this.body = bytes;
		}
		return bytes;
	}

}
