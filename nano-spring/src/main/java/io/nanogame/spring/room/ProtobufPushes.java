package io.nanogame.spring.room;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.Struct;
import com.google.protobuf.WireFormat;
import io.nanogame.serialize.SerializationException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the pushes of rooms that clients receive as protobuf, for tests of games.
 */
public final class ProtobufPushes {

	private static final int TEXT = WireFormat.WIRETYPE_LENGTH_DELIMITED;

	private ProtobufPushes() {
	}

	/**
	 * Reads the push {@code room.state}.
	 * @param body the message {@code RoomState}
	 * @return the same as the JSON of a whole state
	 * @throws SerializationException when the bytes are no such message
	 */
	public static ObjectNode state(byte[] body) {
		return read(body, (in, tag, push) -> {
			switch (tag) {
				case 1 << 3 | TEXT -> push.put("kind", in.readStringRequireUtf8());
				case 2 << 3 | TEXT -> push.put("room", in.readStringRequireUtf8());
				case 3 << 3 | WireFormat.WIRETYPE_VARINT -> push.put("version", in.readUInt64());
				case 4 << 3 | TEXT -> push.set("state", ProtobufJsonObject
					.json(in.readMessage(Struct.parser(), ExtensionRegistryLite.getEmptyRegistry())));
				default -> in.skipField(tag);
			}
		});
	}

	/**
	 * Reads the push {@code room.left}.
	 * @param body the message {@code RoomLeft}
	 * @return the same as the JSON of the push
	 * @throws SerializationException when the bytes are no such message
	 */
	public static ObjectNode left(byte[] body) {
		return read(body, (in, tag, push) -> {
			switch (tag) {
				case 1 << 3 | TEXT -> push.put("kind", in.readStringRequireUtf8());
				case 2 << 3 | TEXT -> push.put("room", in.readStringRequireUtf8());
				case 3 << 3 | TEXT -> push.put("reason", in.readStringRequireUtf8());
				case 4 << 3 | TEXT -> push.put("message", in.readStringRequireUtf8());
				default -> in.skipField(tag);
			}
		});
	}

	private static ObjectNode read(byte[] body, Field field) {
		ObjectNode push = JsonNodeFactory.instance.objectNode();
		try {
			CodedInputStream in = CodedInputStream.newInstance(body);
			for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
				field.read(in, tag, push);
			}
			return push;
		}
		catch (IOException ex) {
			throw new SerializationException("The body is not the message of this push", ex);
		}
	}

	/** Reads a field. */
	private interface Field {

		void read(CodedInputStream in, int tag, ObjectNode push) throws IOException;

	}

}
