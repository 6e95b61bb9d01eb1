package io.nanogame.cluster.frame;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.resume.ResumeToken;
import io.nanogame.session.CloseReason;

/**
 * A frame between the gateway at which a client resumes a session and the one that owns
 * it.
 * <p>
 * The former sends {@link SessionWanted} to all gateways, and {@link SessionCommit} to
 * the one that replies with {@link SessionOffered}. That one sends the session in
 * {@link SessionPart}s, and does not own it any more.
 */
public sealed interface ClaimFrame extends HandoverFrame {

	/**
	 * To all gateways: a client of the sender wants to resume a session. To the gateway
	 * that has the session: a player has logged in at the sender, or the session is to be
	 * parked there.
	 *
	 * @param claim the number of the claim of the sender
	 * @param token the token of the client; none of the session if there is a uid
	 * @param received the number of packets that the client has received; for a login its
	 * stamp
	 * @param protocol the name of the protocol of the client
	 * @param codec what the sender's protocol has in common with that of the session
	 * @param parks whether the client is away
	 * @param uid the player whose session is wanted without its token; otherwise empty
	 */
	record SessionWanted(long claim, ResumeToken token, long received, String protocol, String codec, boolean parks,
			String uid) implements ClaimFrame {

		static final int CODE = 50;

		static SessionWanted read(CodedInputStream in) throws IOException {
			return new SessionWanted(in.readUInt64(),
					new ResumeToken(in.readUInt64(), in.readFixed64(), in.readFixed64()), in.readUInt64(),
					in.readString(), in.readString(), in.readBool(), Fields.readLastText(in));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.protocol) + Fields.maxLength(this.codec) + Fields.maxLength(this.uid);
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
			out.writeBoolNoTag(this.parks);
			out.writeStringNoTag(this.uid);
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
	record SessionDenied(long claim, Denial denial, CloseReason reason) implements ClaimFrame {

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
	 * @param session the id of the session, which differs from that of the token after a
	 * login that continues a session
	 */
	record SessionOffered(long claim, long session) implements ClaimFrame {

		static final int CODE = 52;

		static SessionOffered read(CodedInputStream in) throws IOException {
			return new SessionOffered(in.readUInt64(), in.readUInt64());
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
			out.writeUInt64NoTag(this.session);
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
	record SessionCommit(long claim, long session, long[] missing) implements ClaimFrame {

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
	record SessionPart(long claim, int index, int count, byte[] bytes) implements ClaimFrame {

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
	 * From the next owner: it does not continue the session, although its former owner
	 * has sent it.
	 *
	 * @param claim the number of the claim
	 */
	record SessionNotArrived(long claim) implements ClaimFrame {

		static final int CODE = 60;

		static SessionNotArrived read(CodedInputStream in) throws IOException {
			return new SessionNotArrived(in.readUInt64());
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
			receiver.notArrived(from, this);
		}

	}

}
