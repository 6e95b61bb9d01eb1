package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * A frame about the members of a group. Received by {@link MemberReceiver}.
 */
public sealed interface MemberFrame extends Frame {

	/**
	 * Returns the group.
	 * @return its name
	 */
	String group();

	/**
	 * Calls the method of this frame.
	 * @param from the id of the node that has sent it
	 * @param receiver receives the frame
	 */
	void deliver(String from, MemberReceiver receiver);

	/**
	 * To a gateway: lets a session of that gateway join or leave the group. The gateway
	 * applies an order once, and replies with {@link OrderApplied}.
	 *
	 * @param session the id of the session
	 * @param group the name of the group
	 * @param joins false when it has to leave
	 * @param number the number of the order: later ones of the node have higher numbers
	 * @param settled the node does not repeat orders with lower numbers
	 * @param closed the last close of the group by the node that the gateway has not
	 * confirmed. Not part of the orders in a push, which has its own
	 */
	record MemberOrder(long session, String group, boolean joins, long number, long settled,
			CloseOrder closed) implements MemberFrame {

		static final int CODE = 11;

		/** Of an order without its group. */
		static final int MAX_LENGTH = 32;

		static MemberOrder read(CodedInputStream in) throws IOException {
			MemberOrder order = read(in, in.readString());
			return new MemberOrder(order.session, order.group, order.joins, order.number, order.settled,
					CloseOrder.readLast(in));
		}

		static MemberOrder read(CodedInputStream in, String group) throws IOException {
			return new MemberOrder(in.readUInt64(), group, in.readBool(), in.readUInt64(), in.readUInt64(),
					CloseOrder.NONE);
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.group);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeStringNoTag(this.group);
			writeWithoutGroup(out);
			this.closed.write(out);
		}

		void writeWithoutGroup(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			out.writeBoolNoTag(this.joins);
			out.writeUInt64NoTag(this.number);
			out.writeUInt64NoTag(this.settled);
		}

		@Override
		public void deliver(String from, MemberReceiver receiver) {
			receiver.memberOrdered(from, this);
		}

	}

	/**
	 * The reply to a {@link MemberOrder}, after all earlier reports of the gateway.
	 *
	 * @param session the id of the session
	 * @param group the name of the group
	 * @param member whether the session is a member now
	 * @param number the number of the order
	 */
	record OrderApplied(long session, String group, boolean member, long number) implements MemberFrame {

		static final int CODE = 40;

		static OrderApplied read(CodedInputStream in) throws IOException {
			return new OrderApplied(in.readUInt64(), in.readString(), in.readBool(), in.readUInt64());
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.group);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.session);
			out.writeStringNoTag(this.group);
			out.writeBoolNoTag(this.member);
			out.writeUInt64NoTag(this.number);
		}

		@Override
		public void deliver(String from, MemberReceiver receiver) {
			receiver.orderApplied(from, this);
		}

	}

	/**
	 * To the nodes that use the group: a session of the sender has joined.
	 *
	 * @param group the name of the group
	 * @param number the number of this change: 1 more than that of the sender's last one
	 * @param member the member
	 */
	record MemberJoined(String group, long number, MemberSnapshot member) implements MemberFrame {

		static final int CODE = 13;

		static MemberJoined read(CodedInputStream in, AttributeCodec attributes) throws IOException {
			String group = in.readString();
			long number = in.readUInt64();
			MemberSnapshot member = MemberSnapshot.read(in, attributes);
			return new MemberJoined(group, number, member.withForm(Fields.readLastText(in)));
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
			out.writeStringNoTag(this.group);
			out.writeUInt64NoTag(this.number);
			this.member.write(out);
			out.writeStringNoTag(this.member.form());
		}

		@Override
		public void deliver(String from, MemberReceiver receiver) {
			receiver.memberJoined(from, this);
		}

	}

	/**
	 * To the nodes that use the group: a session of the sender has left.
	 *
	 * @param group the name of the group
	 * @param number as for {@link MemberJoined}
	 * @param session the id of the session
	 */
	record MemberLeft(String group, long number, long session) implements MemberFrame {

		static final int CODE = 14;

		static MemberLeft read(CodedInputStream in) throws IOException {
			return new MemberLeft(in.readString(), in.readUInt64(), in.readUInt64());
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.group);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeStringNoTag(this.group);
			out.writeUInt64NoTag(this.number);
			out.writeUInt64NoTag(this.session);
		}

		@Override
		public void deliver(String from, MemberReceiver receiver) {
			receiver.memberLeft(from, this);
		}

	}

	/**
	 * To the nodes that have members: queries their members.
	 *
	 * @param group the name of the group
	 */
	record MembersQuery(String group) implements MemberFrame {

		static final int CODE = 15;

		static MembersQuery read(CodedInputStream in) throws IOException {
			return new MembersQuery(in.readString());
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.group);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeStringNoTag(this.group);
		}

		@Override
		public void deliver(String from, MemberReceiver receiver) {
			receiver.membersQueried(from, this);
		}

	}

	/**
	 * The members among the sessions of the sender whose ids are in a range: all of them.
	 * The frames of all ranges follow one another.
	 *
	 * @param group the name of the group
	 * @param number the number of the last change of the sender's members; 0 if it has
	 * none and does not use the group
	 * @param first the first id of the range
	 * @param last the last id of the range
	 * @param members the members
	 */
	record MemberList(String group, long number, long first, long last,
			List<MemberSnapshot> members) implements MemberFrame {

		static final int CODE = 16;

		static MemberList read(CodedInputStream in, AttributeCodec attributes) throws IOException {
			String group = in.readString();
			long number = in.readUInt64();
			long first = in.readUInt64();
			long last = in.readUInt64();
			return new MemberList(group, number, first, last, MemberSnapshot.readLast(in, attributes));
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
			out.writeStringNoTag(this.group);
			out.writeUInt64NoTag(this.number);
			out.writeUInt64NoTag(this.first);
			out.writeUInt64NoTag(this.last);
			MemberSnapshot.writeLast(out, this.members);
		}

		@Override
		public void deliver(String from, MemberReceiver receiver) {
			receiver.membersListed(from, this);
		}

	}

}
