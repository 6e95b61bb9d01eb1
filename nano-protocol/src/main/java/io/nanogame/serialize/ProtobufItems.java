package io.nanogame.serialize;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/**
 * The repeated field of a protobuf message. A class of its own because protobuf may be
 * missing from the class path. Thread-safe.
 */
final class ProtobufItems {

	private final int number;

	/** The full name of the message type of the items. */
	private final String type;

	private ProtobufItems(FieldDescriptor field) {
		this.number = field.getNumber();
		this.type = field.getMessageType().getFullName();
	}

	/**
	 * Returns the items of a message type.
	 * @throws IllegalArgumentException when it has no repeated field of the name whose
	 * type is a message
	 */
	static ProtobufItems of(Class<?> type, String name) {
		if (!Message.class.isAssignableFrom(type)) {
			throw new IllegalArgumentException(
					type.getName() + " is not a generated protobuf message with a descriptor");
		}
		FieldDescriptor field = ((Message) ProtobufMessages.defaultInstance(type)).getDescriptorForType()
			.findFieldByName(name);
		if (field == null || !field.isRepeated() || field.isMapField()
				|| field.getType() != FieldDescriptor.Type.MESSAGE) {
			throw new IllegalArgumentException(
					"%s has no field 'repeated <message> %s'".formatted(type.getName(), name));
		}
		return new ProtobufItems(field);
	}

	/**
	 * Writes a message that has one item.
	 * @param item a message of the type of the field, or the bytes of one
	 */
	byte[] write(Object item) {
		byte[] bytes = bytes(item);
		byte[] message = new byte[CodedOutputStream.computeByteArraySize(this.number, bytes)];
		try {
			// A message has the wire type and the length of bytes.
			CodedOutputStream.newInstance(message).writeByteArray(this.number, bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return message;
	}

	private byte[] bytes(Object item) {
		if (item instanceof byte[] bytes) {
			return bytes;
		}
		if (item instanceof Message message && message.getDescriptorForType().getFullName().equals(this.type)) {
			return message.toByteArray();
		}
		throw new SerializationException("An item of the merged push must be a protobuf message %s, not %s"
			.formatted(this.type, item.getClass().getName()), null);
	}

}
