package io.nanogame.cluster.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import com.google.protobuf.CodedOutputStream;

/**
 * A message from one node to another: a varint with the code of its type, then its
 * fields, which are written as protobuf writes numbers, texts and bytes. A later version
 * may add types, and fields at the end; nodes that do not know them skip them. Immutable.
 */
public sealed interface Frame permits BackendFrame, GatewayFrame, SessionFrame, GroupFrame, MemberFrame, PresenceFrame,
		UserFrame, LoginFrame, PushFrame, HandoverFrame, LeaveFrame, PeerReconnected, MessagesReceived {

	/** The {@link #maxLength()} of a frame that is written to a growing buffer. */
	int UNBOUNDED = -1;

	/**
	 * Returns the code of the type.
	 * @return a number above 0 that is never reused for another type
	 */
	int code();

	/**
	 * Returns an upper bound of the length of the texts, byte arrays and lists.
	 * @return a number of bytes, without the code and up to five numbers; or
	 * {@link #UNBOUNDED}
	 */
	int maxLength();

	/**
	 * Writes the fields.
	 * @param out receives the fields
	 * @throws IOException when there is no space
	 */
	void write(CodedOutputStream out) throws IOException;

	/**
	 * Writes the frame.
	 * @return a new array with the code and the fields
	 */
	default byte[] toBytes() {
		try {
			int maxLength = maxLength();
			return (maxLength != UNBOUNDED) ? bounded(maxLength) : growing();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private byte[] bounded(int maxLength) throws IOException {
		byte[] buffer = new byte[Fields.OVERHEAD + maxLength];
		CodedOutputStream out = CodedOutputStream.newInstance(buffer);
		out.writeUInt32NoTag(code());
		write(out);
		return Arrays.copyOf(buffer, out.getTotalBytesWritten());
	}

	private byte[] growing() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
		CodedOutputStream out = CodedOutputStream.newInstance(bytes);
		out.writeUInt32NoTag(code());
		write(out);
		out.flush();
		return bytes.toByteArray();
	}

}
