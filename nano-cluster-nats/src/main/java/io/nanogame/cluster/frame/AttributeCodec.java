package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.EncodedAttribute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts attributes to values of frames: text, number, boolean, or
 * {@link EncodedAttribute}. Thread-safe.
 */
public final class AttributeCodec {

	private static final Logger log = LoggerFactory.getLogger(AttributeCodec.class);

	private final Payloads payloads;

	/**
	 * Creates a codec.
	 * @param payloads encode and decode the values that are neither text nor number
	 */
	public AttributeCodec(Payloads payloads) {
		this.payloads = payloads;
	}

	/**
	 * Converts an attribute.
	 * @param value the value, or null
	 * @return the value of a frame; null for null
	 * @throws SerializationException when the value cannot be serialised
	 */
	public @Nullable Object encode(@Nullable Object value) {
		return (value != null) ? encodeValue(value) : null;
	}

	private Object encodeValue(Object value) {
		boolean encoded = ValueType.of(value) != ValueType.ENCODED || value instanceof EncodedAttribute;
		return encoded ? value : new EncodedAttribute(this.payloads.write(value), this.payloads);
	}

	/**
	 * Converts all attributes of a session. Those that cannot be serialised are omitted,
	 * which is logged.
	 * @param attributes names and values
	 * @return a new map of names and values of frames
	 */
	public Map<String, Object> encodeAll(Map<String, Object> attributes) {
		Map<String, Object> encoded = new HashMap<>(attributes);
		encoded.entrySet().removeIf((attribute) -> !encodeEntry(attribute));
		return encoded;
	}

	private boolean encodeEntry(Map.Entry<String, Object> attribute) {
		try {
			attribute.setValue(encodeValue(attribute.getValue()));
			return true;
		}
		catch (SerializationException ex) {
			log.warn("Attribute '{}' cannot be written, so other nodes do not see it: {}", attribute.getKey(),
					ex.getMessage());
			return false;
		}
	}

	static void write(CodedOutputStream out, @Nullable Object value) throws IOException {
		ValueType type = ValueType.of(value);
		out.writeUInt32NoTag(type.code());
		switch (type) {
			case NONE -> {
			}
			case TEXT -> out.writeStringNoTag((String) value);
			case INT -> out.writeSInt32NoTag((Integer) value);
			case LONG -> out.writeSInt64NoTag((Long) value);
			case DOUBLE -> out.writeDoubleNoTag((Double) value);
			case BOOLEAN -> out.writeBoolNoTag((Boolean) value);
			case ENCODED -> out.writeByteArrayNoTag(((EncodedAttribute) value).bytes());
		}
	}

	static void writeAll(CodedOutputStream out, Map<String, Object> attributes) throws IOException {
		out.writeUInt32NoTag(attributes.size());
		for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
			out.writeStringNoTag(attribute.getKey());
			write(out, attribute.getValue());
		}
	}

	@Nullable Object read(CodedInputStream in) throws IOException {
		ValueType type = ValueType.of(in.readUInt32());
		if (type == null) {
			throw new IOException("a value of a later version");
		}
		return switch (type) {
			case NONE -> null;
			case TEXT -> in.readString();
			case INT -> in.readSInt32();
			case LONG -> in.readSInt64();
			case DOUBLE -> in.readDouble();
			case BOOLEAN -> in.readBool();
			case ENCODED -> new EncodedAttribute(in.readByteArray(), this.payloads);
		};
	}

	Map<String, Object> readAll(CodedInputStream in) throws IOException {
		Map<String, Object> attributes = new HashMap<>();
		for (int i = Fields.readCount(in); i > 0; i--) {
			String name = in.readString();
			Object value = read(in);
			if (value != null) {
				attributes.put(name, value);
			}
		}
		return attributes;
	}

}
