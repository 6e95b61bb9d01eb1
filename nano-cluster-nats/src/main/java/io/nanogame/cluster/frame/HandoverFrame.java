package io.nanogame.cluster.frame;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.resume.ResumeToken;
import io.nanogame.session.CloseReason;

/**
 * A frame about a session that moves to another gateway. Received by
 * {@link HandoverReceiver}.
 * <p>
 * The gateway at which a client resumes sends {@link SessionWanted} to all gateways, and
 * {@link SessionCommit} to the one that replies with {@link SessionOffered}. That one
 * sends the session in {@link SessionPart}s, and does not own it any more. The new owner
 * then reports {@link MemberFrame the session} to all nodes by {@link SessionMoved}.
 */
public sealed interface HandoverFrame extends Frame {

	/**
	 * Calls the method of this frame.
	 * @param from the id of the node that has sent it
	 * @param receiver receives the frame
	 */
	void deliver(String from, HandoverReceiver receiver);

	/**
	 * To all gateways: a client of the sender wants to resume a session.
	 *
	 * @param claim the number of the claim of the sender
	 * @param token the token of the client
	 * @param received the number of packets that the client has received
	 * @param protocol the name of the protocol of the client
	 * @param codec what the sender's protocol has in common with that of the session
	 */
	record SessionWanted(long claim, ResumeToken token, long received, String protocol,
			String codec) implements HandoverFrame {

		static final int CODE = 50;

		static SessionWanted read(CodedInputStream in) throws IOException {
			return new SessionWanted(in.readUInt64(),
					new ResumeToken(in.readUInt64(), in.readFixed64(), in.readFixed64()), in.readUInt64(),
					in.readString(), in.readString());
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.protocol) + Fields.maxLength(this.codec);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.claim);
			out.writeUInt64NoTag(this.token.session());
			out.writeFixed64NoTag(this.token.high());
			out.writeFixed64NoTag(this.token.low());
			out.writeUInt64NoTag(this.received);
			out.writeStringNoTag(this.protocol);
			out.writeStringNoTag(this.codec);
		}

		@Override
		public void deliver(String from, HandoverReceiver receiver) {
			receiver.wanted(from, this);
		}

		/** Does not contain the random bits of the token. */
		@Override
		public String toString() {
			return "SessionWanted[claim=" + this.claim + ", session=" + this.token.session() + "]";
		}

	}

	/**
	 * The reply of a gateway that does not offer the session.
	 *
	 * @param claim the number of the claim
	 * @param denial why
	 * @param reason why the session was closed, if it was
	 */
	record SessionDenied(long claim, Denial denial, CloseReason reason) implements HandoverFrame {

		static final int CODE = 51;

		static SessionDenied read(CodedInputStream in) throws IOException {
			return new SessionDenied(in.readUInt64(), Denial.of(in.readUInt32()),
					new CloseReason(in.readString(), in.readString(), in.readBool()));
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
			out.writeUInt64NoTag(this.claim);
			out.writeUInt32NoTag(this.denial.ordinal());
			out.writeStringNoTag(this.reason.code());
			out.writeStringNoTag(this.reason.message());
			out.writeBoolNoTag(this.reason.reconnect());
		}

		@Override
		public void deliver(String from, HandoverReceiver receiver) {
			receiver.denied(from, this);
		}

	}

}
