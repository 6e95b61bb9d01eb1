package io.nanogame.cluster.frame;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * A frame about the state of a session, in both directions: from the gateway of its
 * client to backends, and from a backend to the gateway. Received by
 * {@link SessionReceiver}.
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
	 * An attribute was set or removed.
	 *
	 * @param session the id of the session
	 * @param name the name
	 * @param value the value, as {@link AttributeCodec} encodes it; null when it was
	 * removed
	 */
	record AttributeChanged(long session, String name, @Nullable Object value) implements SessionFrame {

		static final int CODE = 8;

		static AttributeChanged read(CodedInputStream in, AttributeCodec attributes) throws IOException {
			return new AttributeChanged(in.readUInt64(), in.readString(), attributes.read(in));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return UNBOUNDED;
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			out.writeStringNoTag(this.name);
			AttributeCodec.write(out, this.value);
		}

		@Override
		public void deliver(String from, SessionReceiver receiver) {
			receiver.attributeChanged(from, this);
		}

	}

	/**
	 * The session was bound to a uid.
	 *
	 * @param session the id of the session
	 * @param uid the uid
	 */
	record UidBound(long session, String uid) implements SessionFrame {

		static final int CODE = 9;

		static UidBound read(CodedInputStream in) throws IOException {
			return new UidBound(in.readUInt64(), in.readString());
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.uid);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			out.writeStringNoTag(this.uid);
		}

		@Override
		public void deliver(String from, SessionReceiver receiver) {
			receiver.uidBound(from, this);
		}

	}

	/**
	 * The session was unbound from its uid.
	 *
	 * @param session the id of the session
	 * @param uid the uid that it had
	 */
	record UidUnbound(long session, String uid) implements SessionFrame {

		static final int CODE = 32;

		static UidUnbound read(CodedInputStream in) throws IOException {
			return new UidUnbound(in.readUInt64(), in.readString());
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.uid);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			out.writeStringNoTag(this.uid);
		}

		@Override
		public void deliver(String from, SessionReceiver receiver) {
			receiver.uidUnbound(from, this);
		}

	}

	/**
	 * The login has changed.
	 *
	 * @param session the id of the session
	 * @param login the new login; null after a logout
	 */
	record LoginChanged(long session, @Nullable Login login) implements SessionFrame {

		static final int CODE = 27;

		static LoginChanged read(CodedInputStream in) throws IOException {
			return new LoginChanged(in.readUInt64(), Login.read(in));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return UNBOUNDED;
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			Login.write(out, this.login);
		}

		@Override
		public void deliver(String from, SessionReceiver receiver) {
			receiver.loginChanged(from, this);
		}

	}

	/**
	 * From the gateway: the session was closed. From a backend: the session must be
	 * closed.
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
	 * Queries whether the receiver knows the session, as the sender does.
	 *
	 * @param session the id of the session
	 */
	record SessionProbe(long session) implements SessionFrame {

		static final int CODE = 26;

		static SessionProbe read(CodedInputStream in) throws IOException {
			return new SessionProbe(in.readUInt64());
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
		}

		@Override
		public void deliver(String from, SessionReceiver receiver) {
			receiver.sessionProbed(from, this);
		}

	}

}
