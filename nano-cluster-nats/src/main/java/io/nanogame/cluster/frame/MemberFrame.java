package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.ArrayList;
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
	 * To a gateway: lets a session of that gateway join or leave the group.
	 *
	 * @param session the id of the session
	 * @param group the name of the group
	 * @param joins false when it has to leave
	 */
	record MemberOrder(long session, String group, boolean joins) implements MemberFrame {

		static final int CODE = 11;

		static MemberOrder read(CodedInputStream in) throws IOException {
			return new MemberOrder(in.readUInt64(), in.readString(), in.readBool());
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
			out.writeBoolNoTag(this.joins);
		}

		@Override
		public void deliver(String from, MemberReceiver receiver) {
			receiver.memberOrdered(from, this);
		}

	}

	/**
	 * To the nodes that use the group: a session of the sender is a member.
	 *
	 * @param group the name of the group
	 * @param member the member
	 */
	record MemberJoined(String group, MemberSnapshot member) implements MemberFrame {

		static final int CODE = 13;

		static MemberJoined read(CodedInputStream in, AttributeCodec attributes) throws IOException {
			return new MemberJoined(in.readString(), MemberSnapshot.read(in, attributes));
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
			this.member.write(out);
		}

		@Override
		public void deliver(String from, MemberReceiver receiver) {
			receiver.memberJoined(from, this);
		}

	}

	/**
	 * To the nodes that use the group: a session of the sender is not a member.
	 *
	 * @param group the name of the group
	 * @param session the id of the session
	 */
	record MemberLeft(String group, long session) implements MemberFrame {

		static final int CODE = 14;

		static MemberLeft read(CodedInputStream in) throws IOException {
			return new MemberLeft(in.readString(), in.readUInt64());
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
	 *
	 * @param group the name of the group
	 * @param first the first id of the range
	 * @param last the last id of the range
	 * @param members the members
	 */
	record MemberList(String group, long first, long last, List<MemberSnapshot> members) implements MemberFrame {

		static final int CODE = 16;

		static MemberList read(CodedInputStream in, AttributeCodec attributes) throws IOException {
			String group = in.readString();
			long first = in.readUInt64();
			long last = in.readUInt64();
			List<MemberSnapshot> members = new ArrayList<>();
			for (int i = Fields.readCount(in); i > 0; i--) {
				members.add(MemberSnapshot.read(in, attributes));
			}
			return new MemberList(group, first, last, members);
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
			out.writeUInt64NoTag(this.first);
			out.writeUInt64NoTag(this.last);
			out.writeUInt32NoTag(this.members.size());
			for (MemberSnapshot member : this.members) {
				member.write(out);
			}
		}

		@Override
		public void deliver(String from, MemberReceiver receiver) {
			receiver.membersListed(from, this);
		}

	}

}
