package io.nanogame.serialize;

import java.lang.reflect.Type;

import io.nanogame.text.WireText;
import org.jspecify.annotations.Nullable;

/**
 * How the payloads of a server become bytes: {@code byte[]} as they are, generated
 * protobuf messages by protobuf, everything else by the server's {@link Serializer}.
 * <p>
 * When that announces itself as {@code json}, text is read and written as
 * {@link WireText} describes, whatever the serializer makes of it.
 * <p>
 * A server has payloads of its own, and a session may have others; they are compared by
 * identity. Thread-safe.
 */
public final class Payloads implements PayloadWriter {

	/**
	 * The default maximum length of a written payload, in bytes. The length of a pomelo
	 * packet has 24 bits; flag, id and route need some of it.
	 */
	public static final int DEFAULT_MAX_LENGTH = 0xFFFFFF - 512;

	private static final boolean PROTOBUF = isPresent("com.google.protobuf.MessageLite");

	private static final boolean PROTOBUF_JSON = PROTOBUF && isPresent("com.google.protobuf.util.JsonFormat");

	static final String JSON = "json";

	private static final String JSON_TEXT = "json-text";

	private final Serializer serializer;

	private final boolean json;

	/** Whether bytes and protobuf messages must be JSON, too. */
	private final boolean text;

	private final PayloadWriter undeclared;

	private final byte[] empty;

	private final int maxLength;

	/** Writes merged payloads. */
	final Payloads merging;

	public Payloads(Serializer serializer) {
		this(serializer, false, DEFAULT_MAX_LENGTH, null);
	}

	/**
	 * Creates payloads for servers with protocols of longer packets.
	 * @param serializer the server's serializer
	 * @param maxLength the maximum length of a written payload, in bytes; a protocol may
	 * reject shorter ones
	 */
	public Payloads(Serializer serializer, int maxLength) {
		this(serializer, false, maxLength, null);
	}

	/**
	 * Creates payloads of a protocol that writes some values in a form of its own.
	 * @param serializer writes these values; all others with the server's payloads
	 * @param server the server's payloads, which write merged payloads
	 */
	public Payloads(Serializer serializer, Payloads server) {
		this(serializer, false, DEFAULT_MAX_LENGTH, server);
	}

	private Payloads(Serializer serializer, boolean text, int maxLength, @Nullable Payloads merging) {
		this.serializer = serializer;
		this.json = serializer.name().equals(JSON);
		this.text = text;
		this.undeclared = serializer::serialize;
		this.empty = serializer.empty();
		this.maxLength = maxLength;
		this.merging = (merging != null) ? merging : this;
	}

	/**
	 * Creates payloads for protocols whose messages are JSON text, so that a payload can
	 * be a part of such a message. {@code byte[]} that is JSON is written as it is, any
	 * other as a string of base64; {@code byte[]} parameters of handlers are given the
	 * text as it was received. Protobuf messages are read and written in the JSON form of
	 * protobuf if protobuf-java-util is on the class path, otherwise not at all. JSON
	 * that a value brings along, as with {@code @JsonRawValue}, is not checked.
	 * @param serializer writes JSON and has the name {@code json}
	 * @return payloads that are written as JSON text
	 * @throws IllegalArgumentException when the serializer has another name
	 */
	public static Payloads jsonText(Serializer serializer) {
		if (!serializer.name().equals(JSON)) {
			throw new IllegalArgumentException("The serializer is %s and not json".formatted(serializer.name()));
		}
		return new Payloads(serializer, true, DEFAULT_MAX_LENGTH, null);
	}

	/**
	 * The serializer for everything that is neither bytes nor a protobuf message.
	 * @return the server's serializer
	 */
	public Serializer serializer() {
		return this.serializer;
	}

	/**
	 * Returns the name of the form of the bytes. Payloads of the same form on another
	 * server read and write the same bytes.
	 * @return the name of the serializer, or {@code json-text} for {@link #jsonText};
	 * null if a message is more than its bytes, in a protocol that writes some values in
	 * a form of its own
	 */
	public @Nullable String form() {
		if (this.merging != this) {
			return null;
		}
		return this.text ? JSON_TEXT : this.serializer.name();
	}

	/**
	 * Returns the maximum length of a written payload. Messages to clients are checked
	 * against it.
	 * @return a number of bytes
	 */
	public int maxLength() {
		return this.maxLength;
	}

	/**
	 * Writes a value as what it is. Any thread.
	 * @param value the value; {@code byte[]} must not be changed afterwards
	 * @return its bytes
	 * @throws SerializationException when the value cannot be written
	 */
	@Override
	public byte[] write(Object value) {
		return write(value, this.undeclared);
	}

	/**
	 * Prepares writing values as one type declares them, at startup.
	 * @param type what a handler declares
	 * @return its writer; {@code byte[]}, protobuf messages and values of other types are
	 * written as what they are
	 * @throws IllegalArgumentException when nothing here can write that type
	 */
	public PayloadWriter writer(Type type) {
		if (type == byte[].class) {
			return this;
		}
		if (PROTOBUF && type instanceof Class<?> candidate && ProtobufMessages.isMessageType(candidate)) {
			checkProtobuf(candidate);
			return this;
		}
		return new DeclaredWriter(this, this.serializer.writer(type));
	}

	/**
	 * Returns whether a value is written as JSON.
	 * @param value a value to be written
	 * @return false for {@code byte[]}, for protobuf messages, and with another
	 * serializer
	 */
	public boolean writesText(Object value) {
		return this.json && (this.text || !(value instanceof byte[] || PROTOBUF && ProtobufMessages.isMessage(value)));
	}

	byte[] write(Object value, PayloadWriter writer) {
		return write(value, writer, this.text);
	}

	/** Writes a value as a part of a JSON text. The serializer must be JSON. */
	byte[] writeJson(Object value) {
		return write(value, this.undeclared, true);
	}

	private byte[] write(Object value, PayloadWriter writer, boolean asText) {
		if (value instanceof byte[] bytes) {
			return asText ? JsonText.of(bytes) : bytes;
		}
		if (PROTOBUF && ProtobufMessages.isMessage(value)) {
			return asText ? writeProtobufAsText(value) : ProtobufMessages.write(value);
		}
		if (value instanceof MergedPayload merged) {
			return merged.form().write(this.merging, merged.items());
		}
		try {
			byte[] bytes = (value instanceof ErrorBody error) ? this.serializer.serializeError(error)
					: writer.write(value);
			return this.json ? json(bytes) : bytes;
		}
		catch (SerializationException ex) {
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			// An error, too: it is the value's, and somebody waits for an answer.
			throw new SerializationException("Not writable: " + value.getClass().getName(), ex);
		}
	}

	private byte[] writeProtobufAsText(Object message) {
		String problem = problemAsText(message.getClass());
		if (problem != null) {
			throw new SerializationException(problem, null);
		}
		return json(ProtobufJson.write(message));
	}

	private void checkProtobuf(Class<?> type) {
		String problem = this.text ? problemAsText(type) : null;
		if (problem != null) {
			throw new IllegalArgumentException(problem);
		}
	}

	/** Returns why messages of a type cannot be JSON text, or null. */
	private static @Nullable String problemAsText(Class<?> type) {
		if (!PROTOBUF_JSON) {
			return type.getName() + " is a protobuf message, and payloads of this protocol are JSON text, "
					+ "which needs the dependency com.google.protobuf:protobuf-java-util";
		}
		return ProtobufJson.isSupported(type) ? null : type.getName()
				+ " is a protobuf message of the lite runtime, which has no JSON form, and payloads of this protocol are JSON text";
	}

	/** Clients of the family cannot read an empty body, and raw JSON may be one. */
	private byte[] json(byte[] bytes) {
		return (bytes.length > 0) ? WireText.escapeJson(bytes) : this.empty;
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
		if (PROTOBUF && type instanceof Class<?> candidate && ProtobufMessages.isReadableType(candidate)) {
			checkProtobuf(candidate);
			if (!this.text) {
				return ProtobufMessages.reader(candidate);
			}
			PayloadReader text = ProtobufJson.reader(candidate);
			return (body) -> readJson(text, body);
		}
		PayloadReader reader = this.serializer.reader(type);
		return this.json ? (body) -> readJson(reader, body) : reader;
	}

	/**
	 * Reads the body of an error answer, as clients do.
	 * @param body its bytes
	 * @return code and message
	 * @throws SerializationException when the bytes are no such thing
	 */
	public ErrorBody readError(byte[] body) {
		PayloadReader reader = this.serializer::deserializeError;
		return (ErrorBody) (this.json ? readJson(reader, body) : reader.read(body));
	}

	/** UTF-8 is the rule, so other bytes are looked for only when it was not that. */
	private static Object readJson(PayloadReader reader, byte[] body) {
		try {
			return reader.read(body);
		}
		catch (SerializationException ex) {
			byte[] utf8 = WireText.toUtf8(body);
			if (utf8 == body) {
				throw ex;
			}
			return reader.read(utf8);
		}
	}

	/**
	 * The body of an answer that has nothing to say.
	 * @return always the same bytes, never to be changed
	 */
	public byte[] empty() {
		return this.empty;
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
