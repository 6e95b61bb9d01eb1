package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.Set;

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
 * then sends {@link SessionMoved} to all nodes. Each of them sends {@link RoadEnd} to the
 * former owner, which passes on what it has received before.
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

	/**
	 * The reply of the gateway that owns the session: nothing of it is under way, and its
	 * client is not connected there any more.
	 *
	 * @param claim the number of the claim
	 */
	record SessionOffered(long claim) implements HandoverFrame {

		static final int CODE = 52;

		static SessionOffered read(CodedInputStream in) throws IOException {
			return new SessionOffered(in.readUInt64());
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
			out.writeUInt64NoTag(this.claim);
		}

		@Override
		public void deliver(String from, HandoverReceiver receiver) {
			receiver.offered(from, this);
		}

	}

	/**
	 * The reply to an offer: the sender owns the session from now on. Repeated until the
	 * session has arrived.
	 *
	 * @param claim the number of the claim
	 * @param session the id of the session
	 * @param missing the parts that are missing; empty for all
	 */
	record SessionCommit(long claim, long session, long[] missing) implements HandoverFrame {

		static final int CODE = 53;

		static SessionCommit read(CodedInputStream in) throws IOException {
			return new SessionCommit(in.readUInt64(), in.readUInt64(), Fields.readNumbers(in));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.missing);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.claim);
			out.writeUInt64NoTag(this.session);
			Fields.writeNumbers(out, this.missing);
		}

		@Override
		public void deliver(String from, HandoverReceiver receiver) {
			receiver.committed(from, this);
		}

	}

	/**
	 * A part of the session for its new owner.
	 *
	 * @param claim the number of the claim
	 * @param index the index of the part
	 * @param count the number of parts
	 * @param bytes its bytes; must not be changed
	 */
	record SessionPart(long claim, int index, int count, byte[] bytes) implements HandoverFrame {

		static final int CODE = 54;

		static SessionPart read(CodedInputStream in) throws IOException {
			return new SessionPart(in.readUInt64(), in.readUInt32(), in.readUInt32(), in.readByteArray());
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return this.bytes.length;
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.claim);
			out.writeUInt32NoTag(this.index);
			out.writeUInt32NoTag(this.count);
			out.writeByteArrayNoTag(this.bytes);
		}

		@Override
		public void deliver(String from, HandoverReceiver receiver) {
			receiver.part(from, this);
		}

	}

	/**
	 * To all nodes: the sender owns the session. Repeated until {@link RoadEnded} has
	 * arrived for the receiver.
	 *
	 * @param session the id of the session
	 * @param epoch the number of its moves
	 * @param former the id of the node that owned it before
	 * @param groups the names of its groups
	 */
	record SessionMoved(long session, long epoch, String former, Set<String> groups) implements HandoverFrame {

		static final int CODE = 55;

		static SessionMoved read(CodedInputStream in) throws IOException {
			return new SessionMoved(in.readUInt64(), in.readUInt64(), in.readString(), Fields.readNames(in));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.former) + Fields.maxLength(this.groups);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			out.writeUInt64NoTag(this.epoch);
			out.writeStringNoTag(this.former);
			Fields.writeNames(out, this.groups);
		}

		@Override
		public void deliver(String from, HandoverReceiver receiver) {
			receiver.moved(from, this);
		}

	}

	/**
	 * To the former owner: the sender sends it no more pushes for the session.
	 *
	 * @param session the id of the session
	 * @param epoch the number of its moves
	 */
	record RoadEnd(long session, long epoch) implements HandoverFrame {

		static final int CODE = 56;

		static RoadEnd read(CodedInputStream in) throws IOException {
			return new RoadEnd(in.readUInt64(), in.readUInt64());
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
			out.writeUInt64NoTag(this.epoch);
		}

		@Override
		public void deliver(String from, HandoverReceiver receiver) {
			receiver.roadEnd(from, this);
		}

	}

	/**
	 * To the former owner: no more pushes must be passed on.
	 *
	 * @param session the id of the session
	 * @param epoch the number of its moves
	 */
	record MoveOver(long session, long epoch) implements HandoverFrame {

		static final int CODE = 59;

		static MoveOver read(CodedInputStream in) throws IOException {
			return new MoveOver(in.readUInt64(), in.readUInt64());
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
			out.writeUInt64NoTag(this.epoch);
		}

		@Override
		public void deliver(String from, HandoverReceiver receiver) {
			receiver.moveOver(from, this);
		}

	}

	/**
	 * From the former owner to the present one: it passes on no more pushes of a node.
	 *
	 * @param session the id of the session
	 * @param epoch the number of its moves
	 * @param node the id of the node
	 */
	record RoadEnded(long session, long epoch, String node) implements HandoverFrame {

		static final int CODE = 57;

		static RoadEnded read(CodedInputStream in) throws IOException {
			return new RoadEnded(in.readUInt64(), in.readUInt64(), in.readString());
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.node);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			out.writeUInt64NoTag(this.epoch);
			out.writeStringNoTag(this.node);
		}

		@Override
		public void deliver(String from, HandoverReceiver receiver) {
			receiver.roadEnded(from, this);
		}

	}

	/**
	 * From the former owner to the present one: a push of a node to the session.
	 *
	 * @param session the id of the session
	 * @param node the id of the node
	 * @param number the number of the push on that node; 0 if it was sent to this session
	 * only
	 * @param route the route of the push
	 * @param body the payload; must not be changed
	 * @param form the form of the payload; empty for that of the server's payloads
	 */
	record PassedOn(long session, String node, long number, String route, byte[] body,
			String form) implements HandoverFrame {

		static final int CODE = 58;

		static PassedOn read(CodedInputStream in) throws IOException {
			return new PassedOn(in.readUInt64(), in.readString(), in.readUInt64(), in.readString(), in.readByteArray(),
					in.readString());
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.node) + Fields.maxLength(this.route) + this.body.length
					+ Fields.maxLength(this.form);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			out.writeStringNoTag(this.node);
			out.writeUInt64NoTag(this.number);
			out.writeStringNoTag(this.route);
			out.writeByteArrayNoTag(this.body);
			out.writeStringNoTag(this.form);
		}

		@Override
		public void deliver(String from, HandoverReceiver receiver) {
			receiver.passedOn(from, this);
		}

	}

}
