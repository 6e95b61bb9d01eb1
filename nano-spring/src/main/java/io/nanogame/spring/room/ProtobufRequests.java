package io.nanogame.spring.room;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.Struct;
import com.google.protobuf.WireFormat;
import io.nanogame.serialize.SerializationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the message {@code RoomRequest} of {@code nano-rooms.proto}.
 */
final class ProtobufRequests {

	private ProtobufRequests() {
	}

	static RoomRequest read(byte[] body) {
		try {
			return read(CodedInputStream.newInstance(body));
		}
		catch (IOException ex) {
			throw new SerializationException("The body is no RoomRequest", ex);
		}
	}

	private static RoomRequest read(CodedInputStream in) throws IOException {
		String kind = null;
		String room = null;
		JsonNode options = null;
		Integer offset = null;
		Integer limit = null;
		for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
			switch (tag) {
				case 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> kind = text(in);
				case 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> room = text(in);
				case 3 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> options = ProtobufJsonObject
					.json(in.readMessage(Struct.parser(), ExtensionRegistryLite.getEmptyRegistry()));
				case 4 << 3 | WireFormat.WIRETYPE_VARINT -> offset = in.readUInt32();
				case 5 << 3 | WireFormat.WIRETYPE_VARINT -> limit = in.readUInt32();
				default -> in.skipField(tag);
			}
		}
		return new RoomRequest(kind, room, options, offset, limit);
	}

	/** An empty text is the same as none. */
	private static @Nullable String text(CodedInputStream in) throws IOException {
		String text = in.readStringRequireUtf8();
		return text.isEmpty() ? null : text;
	}

}
