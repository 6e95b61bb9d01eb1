package io.nanogame.cluster.frame;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.session.CloseReason;

/**
 * A frame about a session, in both directions: from the gateway of its client to
 * backends, and from a backend to the gateway. Received by {@link SessionReceiver}.
 */
public sealed interface SessionFrame extends Frame {

	/**
	 * Returns the session.
	 * @return its id
	 */
	long session();

	/**
	 * Calls the method of this frame.
	 * @param from the id of the node that has sent it
	 * @param receiver receives the frame
	 */
	void deliver(String from, SessionReceiver receiver);

	/**
	 * From the gateway: the session was closed, or is unknown. From a backend: the
	 * session must be closed, which the gateway confirms by the same frame.
	 *
	 * @param session the id of the session
	 * @param reason the reason
	 */
	record SessionClosed(long session, CloseReason reason) implements SessionFrame {

		static final int CODE = 10;

		static SessionClosed read(CodedInputStream in) throws IOException {
			return new SessionClosed(in.readUInt64(), new CloseReason(in.readString(), in.readString(), in.readBool()));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.reason.code()) + Fields.maxLength(this.reason.message());
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			out.writeStringNoTag(this.reason.code());
			out.writeStringNoTag(this.reason.message());
			out.writeBoolNoTag(this.reason.reconnect());
		}

		@Override
		public void deliver(String from, SessionReceiver receiver) {
			receiver.sessionClosed(from, this);
		}

	}

	/**
	 * Queries whether the receiver knows the session with the same state as the sender.
	 * If it does not, a gateway replies with a snapshot or {@link SessionClosed}, and a
	 * backend with a probe or {@link SessionClosed}.
	 *
	 * @param session the id of the session
	 * @param version the version of the state
	 * @param changes the number of the last change by the backend
	 */
	record SessionProbe(long session, long version, long changes) implements SessionFrame {

		static final int CODE = 26;

		static SessionProbe read(CodedInputStream in) throws IOException {
			return new SessionProbe(in.readUInt64(), in.readUInt64(), in.readUInt64());
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
			out.writeUInt64NoTag(this.session);
			out.writeUInt64NoTag(this.version);
			out.writeUInt64NoTag(this.changes);
		}

		@Override
		public void deliver(String from, SessionReceiver receiver) {
			receiver.sessionProbed(from, this);
		}

	}

}
