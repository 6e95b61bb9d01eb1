package io.nanogame.cluster.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import com.google.protobuf.CodedOutputStream;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.serialize.SerializationException;

/**
 * A message for the subscribers of a topic: one frame, without a number.
 */
final class TopicMessage {

	/** The maximum length of a message without its frame. */
	private static final int HEADER = 16;

	private TopicMessage() {
	}

	/**
	 * Writes a message.
	 * @throws SerializationException when it is longer than a message may be
	 */
	static byte[] of(int version, Frame frame, long maxPayload) {
		byte[] bytes = frame.toBytes();
		byte[] room = new byte[bytes.length + HEADER];
		if (room.length > maxPayload) {
			throw new SerializationException(
					("%d bytes for other nodes are more than the NATS server's max_payload allows; "
							+ "a push contains its payload once for each serializer that clients of theirs have")
						.formatted(bytes.length),
					null);
		}
		CodedOutputStream out = CodedOutputStream.newInstance(room);
		try {
			out.write((byte) version);
			out.writeUInt64NoTag(0);
			out.writeByteArrayNoTag(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Arrays.copyOf(room, out.getTotalBytesWritten());
	}

}
