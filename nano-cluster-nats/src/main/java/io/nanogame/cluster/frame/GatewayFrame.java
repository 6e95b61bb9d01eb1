package io.nanogame.cluster.frame;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.cluster.state.ChangeNumber;

/**
 * A frame to the node to which a client is connected. Received by
 * {@link GatewayReceiver}.
 */
public sealed interface GatewayFrame extends Frame {

	/**
	 * Calls the method of this frame.
	 * @param from the id of the node that has sent it
	 * @param receiver receives the frame
	 */
	void deliver(String from, GatewayReceiver receiver);

	/**
	 * The reply to a request.
	 *
	 * @param session the id of the session
	 * @param sequence the number of the message in its session
	 * @param error whether it is an error
	 * @param body the payload; must not be changed
	 */
	record Reply(long session, long sequence, boolean error, byte[] body) implements GatewayFrame {

		static final int CODE = 3;

		static Reply read(CodedInputStream in) throws IOException {
			return new Reply(in.readUInt64(), in.readUInt64(), in.readBool(), in.readByteArray());
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return this.body.length;
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			out.writeUInt64NoTag(this.sequence);
			out.writeBoolNoTag(this.error);
			out.writeByteArrayNoTag(this.body);
		}

		@Override
		public void deliver(String from, GatewayReceiver receiver) {
			receiver.reply(from, this);
		}

	}

	/**
	 * A push for one session.
	 *
	 * @param session the id of the session
	 * @param route the route of the push, which the listener of the client has
	 * @param body the payload; must not be changed
	 * @param form the form of the payload; empty for that of the server's payloads
	 */
	record Push(long session, String route, byte[] body, String form) implements GatewayFrame {

		static final int CODE = 4;

		static Push read(CodedInputStream in) throws IOException {
			return new Push(in.readUInt64(), in.readString(), in.readByteArray(), Fields.readLastText(in));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.route, this.body, this.form);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			out.writeStringNoTag(this.route);
			out.writeByteArrayNoTag(this.body);
			out.writeStringNoTag(this.form);
		}

		@Override
		public void deliver(String from, GatewayReceiver receiver) {
			receiver.push(from, this);
		}

	}

	/**
	 * A push for several sessions of the gateway.
	 *
	 * @param sessions the ids of the sessions
	 * @param route the route of the push, which the listener of the client has
	 * @param body the payload; must not be changed
	 * @param form the form of the payload; empty for that of the server's payloads
	 */
	record Multicast(long[] sessions, String route, byte[] body, String form) implements GatewayFrame {

		static final int CODE = 5;

		static Multicast read(CodedInputStream in) throws IOException {
			return new Multicast(Fields.readNumbers(in), in.readString(), in.readByteArray(), Fields.readLastText(in));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.sessions) + Fields.maxLength(this.route, this.body, this.form);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			Fields.writeNumbers(out, this.sessions);
			out.writeStringNoTag(this.route);
			out.writeByteArrayNoTag(this.body);
			out.writeStringNoTag(this.form);
		}

		@Override
		public void deliver(String from, GatewayReceiver receiver) {
			receiver.multicast(from, this);
		}

	}

	/**
	 * A message was handled, and so were all earlier ones of its session.
	 *
	 * @param session the id of the session
	 * @param sequence the number of the message in its session
	 */
	record MessageDone(long session, long sequence) implements GatewayFrame {

		static final int CODE = 6;

		static MessageDone read(CodedInputStream in) throws IOException {
			return new MessageDone(in.readUInt64(), in.readUInt64());
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
		public void deliver(String from, GatewayReceiver receiver) {
			receiver.messageDone(from, this);
		}

	}

	/**
	 * A message was not handled, because the node does not know its session.
	 *
	 * @param session the id of the session
	 * @param sequence the number of the message in its session
	 */
	record SessionUnknown(long session, long sequence) implements GatewayFrame {

		static final int CODE = 7;

		static SessionUnknown read(CodedInputStream in) throws IOException {
			return new SessionUnknown(in.readUInt64(), in.readUInt64());
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
		public void deliver(String from, GatewayReceiver receiver) {
			receiver.sessionUnknown(from, this);
		}

	}

	/**
	 * A backend knows the fate of a message that was queried.
	 *
	 * @param session the session
	 * @param sequence the number of the message
	 * @param replied whether its reply was sent; otherwise it will not be handled
	 */
	record MessageFate(long session, long sequence, boolean replied) implements GatewayFrame {

		static final int CODE = 38;

		static MessageFate read(CodedInputStream in) throws IOException {
			return new MessageFate(in.readUInt64(), in.readUInt64(), in.readBool());
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
			out.writeBoolNoTag(this.replied);
		}

		@Override
		public void deliver(String from, GatewayReceiver receiver) {
			receiver.messageFate(from, this);
		}

	}

	/**
	 * The game of a backend has changed the state of a session.
	 *
	 * @param session the id of the session
	 * @param number the number of the change; {@link ChangeNumber#NONE} if the sender has
	 * no copy of the state
	 * @param property the changed property
	 */
	record StateChange(long session, ChangeNumber number, StateProperty property) implements GatewayFrame {

		static final int CODE = 34;

		static StateChange read(CodedInputStream in, AttributeCodec attributes) throws IOException {
			return new StateChange(in.readUInt64(), new ChangeNumber(in.readUInt64(), in.readUInt64()),
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
			out.writeUInt64NoTag(this.number.previous());
			out.writeUInt64NoTag(this.number.number());
			this.property.write(out);
		}

		@Override
		public void deliver(String from, GatewayReceiver receiver) {
			receiver.stateChange(from, this);
		}

	}

}
