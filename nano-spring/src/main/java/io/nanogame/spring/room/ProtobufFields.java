package io.nanogame.spring.room;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes the fields of a {@link ClientMessage} as protobuf. As in protobuf, a field with
 * the default value of its type is not written. Without generated classes, because
 * protobuf may be missing from the class path. Not thread-safe.
 */
public final class ProtobufFields {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final CodedOutputStream out = CodedOutputStream.newInstance(this.bytes);

	private ProtobufFields() {
	}

	static byte[] write(ClientMessage message) {
		ProtobufFields fields = new ProtobufFields();
		message.writeTo(fields);
		fields.field(CodedOutputStream::flush);
		return fields.bytes.toByteArray();
	}

	/**
	 * Writes a {@code string}. What is not valid Unicode is replaced.
	 * @param number the number of the field
	 * @param value the value
	 * @return this
	 */
	public ProtobufFields text(int number, String value) {
		return value.isEmpty() ? this : field((to) -> to.writeBytes(number, ByteString.copyFromUtf8(value)));
	}

	/**
	 * Writes a {@code repeated string}.
	 * @param number the number of the field
	 * @param values the values
	 * @return this
	 */
	public ProtobufFields texts(int number, List<String> values) {
		for (String value : values) {
			field((to) -> to.writeBytes(number, ByteString.copyFromUtf8(value)));
		}
		return this;
	}

	/**
	 * Writes a {@code uint32} or {@code uint64}.
	 * @param number the number of the field
	 * @param value not negative
	 * @return this
	 */
	public ProtobufFields number(int number, long value) {
		return (value == 0) ? this : field((to) -> to.writeUInt64(number, value));
	}

	/**
	 * Writes a {@code bool}.
	 * @param number the number of the field
	 * @param value the value
	 * @return this
	 */
	public ProtobufFields flag(int number, boolean value) {
		return value ? field((to) -> to.writeBool(number, true)) : this;
	}

	/**
	 * Writes a {@code google.protobuf.Struct}.
	 * @param number the number of the field
	 * @param value a JSON object; null for none
	 * @return this
	 */
	public ProtobufFields object(int number, @Nullable JsonNode value) {
		return (value == null) ? this : field((to) -> to.writeMessage(number, ProtobufJsonObject.struct(value)));
	}

	/**
	 * Writes messages.
	 * @param number the number of the field
	 * @param values the values
	 * @return this
	 */
	public ProtobufFields messages(int number, List<? extends ClientMessage> values) {
		for (ClientMessage value : values) {
			field((to) -> to.writeByteArray(number, write(value)));
		}
		return this;
	}

	private ProtobufFields field(Output field) {
		try {
			field.write(this.out);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Writes to memory. */
	private interface Output {

		void write(CodedOutputStream to) throws IOException;

	}

}
