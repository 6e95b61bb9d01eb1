package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.Map;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A frame to a node that handles messages of a client of the sender. Received by
 * {@link BackendReceiver}.
 */
public sealed interface BackendFrame extends Frame {

	/**
	 * Calls the method of this frame.
	 * @param from the id of the node that has sent it
	 * @param receiver receives the frame
	 */
	void deliver(String from, BackendReceiver receiver);

	/**
	 * The state of a session, which is sent before its first message, and when the state
	 * of the receiver differs.
	 *
	 * @param session the id of the session
	 * @param client the client
	 * @param uid the uid it is bound to, or null
	 * @param login the login, or null
	 * @param attributes the attributes, as {@link AttributeCodec} encodes them
	 * @param version the version of the state
	 * @param changes the number of the last change by the receiver that it contains
	 */
	record SessionSnapshot(long session, ClientDescription client, @Nullable String uid, @Nullable Login login,
			Map<String, Object> attributes, long version, long changes) implements BackendFrame {

		static final int CODE = 1;

		/**
		 * Returns a shorter snapshot, without the attributes.
		 * @return a snapshot with the same version
		 */
		public SessionSnapshot withoutAttributes() {
			return with(this.client, Map.of());
		}

		private SessionSnapshot with(ClientDescription newClient, Map<String, Object> newAttributes) {
			return new SessionSnapshot(this.session, newClient, this.uid, this.login, newAttributes, this.version,
					this.changes);
		}

		static SessionSnapshot read(CodedInputStream in, AttributeCodec attributes) throws IOException {
			SessionSnapshot read = new SessionSnapshot(in.readUInt64(), ClientDescription.read(in),
					Fields.readNullable(in), Login.read(in), attributes.readAll(in), in.readUInt64(), in.readUInt64());
			return read.with(read.client.withLast(in), read.attributes);
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
			this.client.write(out);
			Fields.writeNullable(out, this.uid);
			Login.write(out, this.login);
			AttributeCodec.writeAll(out, this.attributes);
			out.writeUInt64NoTag(this.version);
			out.writeUInt64NoTag(this.changes);
			this.client.writeLast(out);
		}

		@Override
		public void deliver(String from, BackendReceiver receiver) {
			receiver.snapshot(from, this);
		}

	}

	/**
	 * The former gateway of a session names the present one, because the receiver takes
	 * the sender for it.
	 *
	 * @param session the id of the session
	 * @param moves how often it has moved
	 * @param gateway the id of the node that owns it
	 */
	record SessionOwner(long session, long moves, String gateway) implements BackendFrame {

		static final int CODE = 62;

		static SessionOwner read(CodedInputStream in) throws IOException {
			return new SessionOwner(in.readUInt64(), in.readUInt64(), in.readString());
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.gateway);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			out.writeUInt64NoTag(this.moves);
			out.writeStringNoTag(this.gateway);
		}

		@Override
		public void deliver(String from, BackendReceiver receiver) {
			receiver.owner(from, this);
		}

	}

	/**
	 * The gateway has applied a change to the state of a session.
	 *
	 * @param session the id of the session
	 * @param version the version of the state
	 * @param own the number of the change if it is one of the receiver, otherwise 0
	 * @param property the changed property
	 */
	record StateChanged(long session, long version, long own, StateProperty property) implements BackendFrame {

		static final int CODE = 33;

		static StateChanged read(CodedInputStream in, AttributeCodec attributes) throws IOException {
			return new StateChanged(in.readUInt64(), in.readUInt64(), in.readUInt64(),
					StateProperty.read(in, attributes));
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
			out.writeUInt64NoTag(this.version);
			out.writeUInt64NoTag(this.own);
			this.property.write(out);
		}

		@Override
		public void deliver(String from, BackendReceiver receiver) {
			receiver.stateChanged(from, this);
		}

	}

	/**
	 * A message of a client.
	 *
	 * @param session the id of the session
	 * @param sequence the number of the message among those of its session to this node,
	 * above 0
	 * @param request whether it requires a reply
	 * @param headers the headers that the gateway adds to the message
	 * @param route the route
	 * @param body the payload; must not be changed
	 * @param millisLeft the time until its deadline, in milliseconds; 0 if it is unknown
	 */
	record ForwardedMessage(long session, long sequence, boolean request, Map<String, String> headers, String route,
			byte[] body, long millisLeft) implements BackendFrame {

		static final int CODE = 2;

		static ForwardedMessage read(CodedInputStream in) throws IOException {
			return new ForwardedMessage(in.readUInt64(), in.readUInt64(), in.readBool(), Headers.read(in),
					in.readString(), in.readByteArray(), in.isAtEnd() ? 0 : in.readUInt64());
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Headers.maxLength(this.headers) + Fields.maxLength(this.route) + this.body.length;
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			out.writeUInt64NoTag(this.sequence);
			out.writeBoolNoTag(this.request);
			Headers.write(out, this.headers);
			out.writeStringNoTag(this.route);
			out.writeByteArrayNoTag(this.body);
			out.writeUInt64NoTag(this.millisLeft);
		}

		@Override
		public void deliver(String from, BackendReceiver receiver) {
			receiver.message(from, this);
		}

	}

	/**
	 * Queries whether a message was handled, because the gateway has received no
	 * {@link GatewayFrame.MessageDone} for long. That is sent when this message and all
	 * earlier ones of its session are handled.
	 *
	 * @param session the id of the session
	 * @param sequence the number of the message in its session
	 */
	record DoneQuery(long session, long sequence) implements BackendFrame {

		static final int CODE = 31;

		static DoneQuery read(CodedInputStream in) throws IOException {
			return new DoneQuery(in.readUInt64(), in.readUInt64());
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
			out.writeUInt64NoTag(this.sequence);
		}

		@Override
		public void deliver(String from, BackendReceiver receiver) {
			receiver.doneQuery(from, this);
		}

	}

}
