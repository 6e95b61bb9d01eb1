package io.nanogame.cluster.frame;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * The reply to a message without frames, which repeats the number of the last message of
 * a node: it was received.
 *
 * @param number the number of the message
 */
public record MessagesReceived(long number) implements Frame {

	static final int CODE = 35;

	static MessagesReceived read(CodedInputStream in) throws IOException {
		return new MessagesReceived(in.readUInt64());
	}

	@Override
	public int code() {
		return CODE;
	}

	@Override
	public int maxLength() {
		return 0;
	}

	@Override
	public void write(CodedOutputStream out) throws IOException {
		out.writeUInt64NoTag(this.number);
	}

}
