package io.nanogame.route;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The message of a {@link Request}, as interceptors and the handler read it; the request
 * adds the reply. A superclass, so that a request is one object.
 */
abstract sealed class ReceivedMessage permits Request {

	final Session session;

	final Message message;

	final Route route;

	private final Map<String, String> headers;

	private byte[] body;

	private @Nullable Object payload;

	private @Nullable Map<String, Object> attributes;

	ReceivedMessage(Session session, Message message, Map<String, String> headers, Route route) {
		this.session = session;
		this.message = message;
		this.headers = headers;
		this.route = route;
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
	public long id() {
		return this.message.id();
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

}
