package io.nanogame.boot.autoconfigure.room;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.StructProto;

/**
 * The messages of the file {@code nano-rooms.proto} that the library contains, as a
 * client reads and writes them.
 */
final class RoomsProto {

	private static final Pattern MESSAGE = Pattern.compile("message (\\w+) \\{(.*?)\\n\\}", Pattern.DOTALL);

	private static final Pattern FIELD = Pattern.compile("(repeated |optional )?([\\w.]+) (\\w+) = (\\d+);");

	private static final FileDescriptor FILE = read();

	private RoomsProto() {
	}

	private static FileDescriptor read() {
		try (InputStream file = RoomsProto.class.getResourceAsStream("/META-INF/nano/nano-rooms.proto")) {
			String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
			FileDescriptorProto.Builder proto = FileDescriptorProto.newBuilder()
				.setName("nano-rooms.proto")
				.setSyntax("proto3")
				.setPackage("nano.rooms")
				.addDependency(StructProto.getDescriptor().getName());
			MESSAGE.matcher(text)
				.results()
				.forEach((message) -> proto.addMessageType(message(message.group(1), message.group(2))));
			return FileDescriptor.buildFrom(proto.build(), new FileDescriptor[] { StructProto.getDescriptor() });
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (DescriptorValidationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static DescriptorProto message(String name, String fields) {
		DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
		Matcher field = FIELD.matcher(fields);
		while (field.find()) {
			boolean isRepeated = "repeated ".equals(field.group(1));
			FieldDescriptorProto.Builder next = message.addFieldBuilder()
				.setName(field.group(3))
				.setNumber(Integer.parseInt(field.group(4)))
				.setLabel(isRepeated ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL);
			switch (field.group(2)) {
				case "string" -> next.setType(Type.TYPE_STRING);
				case "uint32" -> next.setType(Type.TYPE_UINT32);
				case "uint64" -> next.setType(Type.TYPE_UINT64);
				case "bool" -> next.setType(Type.TYPE_BOOL);
				default -> next.setType(Type.TYPE_MESSAGE)
					.setTypeName(field.group(2).contains(".") ? "." + field.group(2) : field.group(2));
			}
		}
		return message.build();
	}

	/** Reads a message. It has no unknown fields. */
	static DynamicMessage read(String message, byte[] body) {
		try {
			DynamicMessage read = DynamicMessage.parseFrom(FILE.findMessageTypeByName(message), body);
			if (!read.getUnknownFields().asMap().isEmpty()) {
				throw new AssertionError("Unknown fields: " + read);
			}
			return read;
		}
		catch (InvalidProtocolBufferException ex) {
			throw new AssertionError("No " + message, ex);
		}
	}

	static Object get(DynamicMessage message, String field) {
		return message.getField(message.getDescriptorForType().findFieldByName(field));
	}

	/** Returns the state of a RoomState. */
	static Struct state(DynamicMessage message) {
		try {
			return Struct.parseFrom(((com.google.protobuf.Message) get(message, "state")).toByteArray());
		}
		catch (InvalidProtocolBufferException ex) {
			throw new AssertionError(ex);
		}
	}

	/** Writes a request. */
	static byte[] request(String field, String value) {
		var type = FILE.findMessageTypeByName("RoomRequest");
		return DynamicMessage.newBuilder(type).setField(type.findFieldByName(field), value).build().toByteArray();
	}

}
