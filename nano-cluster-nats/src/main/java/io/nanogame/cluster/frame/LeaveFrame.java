package io.nanogame.cluster.frame;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * A frame about the messages of sessions for a node that leaves. Received by
 * {@link LeaveReceiver}.
 */
public sealed interface LeaveFrame extends Frame {

	/**
	 * Calls the method of this frame.
	 * @param from the id of the node that has sent it
	 * @param receiver receives the frame
	 */
	void deliver(String from, LeaveReceiver receiver);

	/**
	 * A node that leaves queries a gateway whether further messages of sessions may
	 * follow. Repeated until it replies.
	 *
	 * @param number the number of the drain
	 */
	record LeaveQuery(long number) implements LeaveFrame {

		static final int CODE = 63;

		static LeaveQuery read(CodedInputStream in) throws IOException {
			return new LeaveQuery(in.readUInt64());
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

		@Override
		public void deliver(String from, LeaveReceiver receiver) {
			receiver.leaveQuery(from, this);
		}

	}

	/**
	 * A gateway has sent its last message of sessions to a node that leaves, except those
	 * of sessions that the game has bound to that node.
	 *
	 * @param number the number of the drain
	 */
	record LeaveReply(long number) implements LeaveFrame {

		static final int CODE = 64;

		static LeaveReply read(CodedInputStream in) throws IOException {
			return new LeaveReply(in.readUInt64());
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

		@Override
		public void deliver(String from, LeaveReceiver receiver) {
			receiver.leaveReply(from, this);
		}

	}

}
