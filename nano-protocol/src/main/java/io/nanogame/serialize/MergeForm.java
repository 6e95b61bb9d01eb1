package io.nanogame.serialize;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The form of merged payloads: an object with one field, which is the list of the items.
 * In JSON it is <code>{"items":[…]}</code>, in protobuf a message with one repeated field
 * of that name. Merged payloads of one form can be joined without being read.
 * Thread-safe.
 */
public final class MergeForm {

	/** The name of a field in JSON without escapes, and in protobuf. */
	private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

	private static final byte[] JSON_END = { ']', '}' };

	private static final String PROTOBUF = "protobuf";

	private final String field;

	private final byte[] jsonStart;

	private final @Nullable ProtobufItems protobuf;

	/**
	 * Creates a form that can be written as JSON only.
	 * @param field the name of the field
	 * @throws IllegalArgumentException when it does not consist of letters, digits and
	 * underscores, or begins with a digit
	 */
	public MergeForm(String field) {
		this(field, null);
	}

	private MergeForm(String field, @Nullable ProtobufItems protobuf) {
		if (!isField(field)) {
			throw new IllegalArgumentException("Not the name of a field: " + field);
		}
		this.field = field;
		this.jsonStart = ("{\"" + field + "\":[").getBytes(StandardCharsets.UTF_8);
		this.protobuf = protobuf;
	}

	/**
	 * Returns whether a name can be the field's.
	 * @param name letters, digits and underscores, not beginning with a digit
	 * @return false for any other name
	 */
	public static boolean isField(String name) {
		return FIELD.matcher(name).matches();
	}

	/**
	 * Returns this form for protobuf, too.
	 * @param type a generated protobuf message with a repeated field of the name, whose
	 * type is the message type of the items
	 * @return a form that can be written as JSON and as protobuf
	 * @throws IllegalArgumentException when the type is no such message
	 */
	public MergeForm withProtobuf(Class<?> type) {
		return new MergeForm(this.field, ProtobufItems.of(type, this.field));
	}

	/**
	 * Returns the name of the field.
	 * @return the name in JSON and in protobuf
	 */
	public String field() {
		return this.field;
	}

	/**
	 * Returns whether payloads can write this form.
	 * @param serializer the name of their serializer
	 * @return true for {@code json}; for {@code protobuf} if the form has a message type
	 */
	public boolean isWrittenBy(String serializer) {
		return serializer.equals(Payloads.JSON) || (serializer.equals(PROTOBUF) && this.protobuf != null);
	}

	/** Writes items as one payload. */
	byte[] write(Payloads payloads, List<Object> items) {
		String serializer = payloads.serializer().name();
		if (serializer.equals(Payloads.JSON)) {
			return joined(items.stream().map((item) -> jsonPayload(payloads.writeJson(item))).toList(), true);
		}
		if (serializer.equals(PROTOBUF) && this.protobuf != null) {
			return joined(items.stream().map(this.protobuf::write).toList(), false);
		}
		throw new SerializationException("A merged push cannot be written by the serializer " + serializer
				+ (serializer.equals(PROTOBUF) ? " without a message type for its items" : ""), null);
	}

	private byte[] jsonPayload(byte[] item) {
		byte[] payload = new byte[this.jsonStart.length + item.length + JSON_END.length];
		System.arraycopy(this.jsonStart, 0, payload, 0, this.jsonStart.length);
		System.arraycopy(item, 0, payload, this.jsonStart.length, item.length);
		System.arraycopy(JSON_END, 0, payload, this.jsonStart.length + item.length, JSON_END.length);
		return payload;
	}

	/**
	 * Joins payloads of this form, written by the same payloads, without reading them.
	 * @param payloads the payloads that have written them
	 * @param bodies at least one written payload, each with at least one item
	 * @return a written payload with all items; not longer than the bodies together
	 */
	public byte[] join(Payloads payloads, List<byte[]> bodies) {
		return joined(bodies, payloads.merging.serializer().name().equals(Payloads.JSON));
	}

	/**
	 * Joins JSON by replacing the end of one object and the start of the next by a comma.
	 * Concatenated protobuf messages are one message with the items of all.
	 */
	private byte[] joined(List<byte[]> bodies, boolean json) {
		if (bodies.size() == 1) {
			return bodies.get(0);
		}
		int start = json ? this.jsonStart.length : 0;
		int end = json ? JSON_END.length : 0;
		int length = bodies.stream().mapToInt((body) -> body.length).sum();
		byte[] all = new byte[json ? length - (bodies.size() - 1) * (start + end - 1) : length];
		int position = 0;
		for (byte[] body : bodies) {
			int skipped = (position > 0) ? start : 0;
			if (json && position > 0) {
				position -= end;
				all[position++] = ',';
			}
			System.arraycopy(body, skipped, all, position, body.length - skipped);
			position += body.length - skipped;
		}
		return all;
	}

	@Override
	public String toString() {
		return "MergeForm[" + this.field + "]";
	}

}
