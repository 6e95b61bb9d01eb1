package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.Set;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * A frame about the pushes to a session that has moved to another gateway.
 * <p>
 * The new owner sends {@link SessionMoved} to all nodes. Each of them sends
 * {@link PathEnd} to the former owner, which passes on what it has received before as
 * {@link PassedOn}, and then sends {@link PathEnded}. When that has arrived for all
 * nodes, the new owner sends {@link MoveOver}.
 */
public sealed interface MoveFrame extends HandoverFrame {

	/**
	 * To all nodes: the sender owns the session. Repeated until {@link PathEnded} has
	 * arrived for the receiver.
	 *
	 * @param session the id of the session
	 * @param epoch the number of its moves
	 * @param former the id of the node that owned it before
	 * @param groups the names of its groups
	 */
	record SessionMoved(long session, long epoch, String former, Set<String> groups) implements MoveFrame {

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
	 * To the former owner and the present one: the sender sends pushes for the session
	 * only to the latter.
	 *
	 * @param session the id of the session
	 * @param epoch the number of its moves
	 * @param number the number of the sender's last push to several sessions: later ones
	 * that the former owner passes on are received directly, too
	 */
	record PathEnd(long session, long epoch, long number) implements MoveFrame {

		static final int CODE = 56;

		static PathEnd read(CodedInputStream in) throws IOException {
			return new PathEnd(in.readUInt64(), in.readUInt64(), in.readUInt64());
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
			out.writeUInt64NoTag(this.number);
		}

		@Override
		public void deliver(String from, HandoverReceiver receiver) {
			receiver.pathEnd(from, this);
		}

	}

	/**
	 * From the former owner to the present one: it passes on no more pushes of a node.
	 *
	 * @param session the id of the session
	 * @param epoch the number of its moves
	 * @param node the id of the node
	 */
	record PathEnded(long session, long epoch, String node) implements MoveFrame {

		static final int CODE = 57;

		static PathEnded read(CodedInputStream in) throws IOException {
			return new PathEnded(in.readUInt64(), in.readUInt64(), in.readString());
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
			receiver.pathEnded(from, this);
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
			String form) implements MoveFrame {

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

	/**
	 * To the former owner: no more pushes must be passed on.
	 *
	 * @param session the id of the session
	 * @param epoch the number of its moves
	 */
	record MoveOver(long session, long epoch) implements MoveFrame {

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

}
