package io.nanogame.serialize;

import java.lang.reflect.Type;

/**
 * How the payloads of a server become bytes: {@code byte[]} as they are, generated
 * protobuf messages by protobuf, everything else by the server's {@link Serializer}.
 */
public final class Payloads {

	private static final boolean PROTOBUF = isPresent("com.google.protobuf.MessageLite");

	private final Serializer serializer;

	public Payloads(Serializer serializer) {
		this.serializer = serializer;
	}

	/**
	 * The serializer for everything that is neither bytes nor a protobuf message.
	 * @return the server's serializer
	 */
	public Serializer serializer() {
		return this.serializer;
	}

	/**
	 * Writes a value. Any thread.
	 * @param value the value; {@code byte[]} is taken as it is and must not be changed
	 * afterwards
	 * @return its bytes
	 * @throws SerializationException when the value cannot be written
	 */
	public byte[] write(Object value) {
		if (value instanceof byte[] bytes) {
			return bytes;
		}
		if (PROTOBUF && ProtobufMessages.isMessage(value)) {
			return ProtobufMessages.write(value);
		}
		try {
			return (value instanceof ErrorBody error) ? this.serializer.serializeError(error)
					: this.serializer.serialize(value);
		}
		catch (SerializationException ex) {
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			// An error, too: it is the value's, and somebody waits for an answer.
			throw new SerializationException("Not writable: " + value.getClass().getName(), ex);
		}
	}

	/**
	 * Prepares reading one type, at startup.
	 * @param type what a handler declares
	 * @return its reader
	 * @throws IllegalArgumentException when nothing here can read that type
	 */
	public PayloadReader reader(Type type) {
		if (type == byte[].class) {
			return (body) -> body;
		}
		if (PROTOBUF && type instanceof Class<?> candidate && ProtobufMessages.isMessageType(candidate)) {
			return ProtobufMessages.reader(candidate);
		}
		return this.serializer.reader(type);
	}

	/**
	 * The body of an answer that has nothing to say.
	 * @return the bytes, never to be changed
	 */
	public byte[] empty() {
		return this.serializer.empty();
	}

	private static boolean isPresent(String className) {
		try {
			Class.forName(className, false, Payloads.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

}
