package io.nanogame.serialize;

import java.lang.reflect.Type;

/**
 * Turns payloads into bytes and back. A server has one, and sessions may have another;
 * its name is announced to clients in the handshake. Implementations:
 * {@link JsonSerializer}, {@link ProtobufSerializer}, {@link RawSerializer}.
 * <p>
 * Any thread, many at once. {@code byte[]} and protobuf messages never get here:
 * {@link Payloads} takes them first.
 */
public interface Serializer {

	/**
	 * The name clients are told, such as {@code json}.
	 * @return a short lower-case name
	 */
	String name();

	/**
	 * Writes a value.
	 * @param value what a handler returned or a caller pushes
	 * @return its bytes, owned by the caller
	 * @throws SerializationException when the value cannot be written
	 */
	byte[] serialize(Object value);

	/**
	 * Prepares writing values of one type; called once a handler, at startup.
	 * @param type what the handler returns, with its generics
	 * @return a writer for that type; by default {@link #serialize}, which knows nothing
	 * of it
	 * @throws IllegalArgumentException when this serializer can never write that type
	 */
	default PayloadWriter writer(Type type) {
		return this::serialize;
	}

	/**
	 * Prepares reading one type; called once a handler, at startup.
	 * @param type what the handler declares, with its generics
	 * @return a reader for that type
	 * @throws IllegalArgumentException when this serializer can never read that type
	 */
	PayloadReader reader(Type type);

	/**
	 * The body of an answer that has nothing to say. JSON clients throw on an empty body,
	 * so theirs is <code>{}</code>.
	 * @return the bytes, never to be changed
	 */
	byte[] empty();

	/**
	 * Writes the body of an error answer.
	 * @param error code and message
	 * @return its bytes
	 */
	default byte[] serializeError(ErrorBody error) {
		return serialize(error);
	}

	/**
	 * Reads the body of an error answer, as clients do.
	 * @param body its bytes
	 * @return code and message
	 * @throws SerializationException when the bytes are no such thing
	 */
	default ErrorBody deserializeError(byte[] body) {
		return (ErrorBody) reader(ErrorBody.class).read(body);
	}

}
