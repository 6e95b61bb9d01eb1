package io.nanogame.cluster.frame;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;

/**
 * A frame about a group as a whole. Received by {@link GroupReceiver}.
 */
public sealed interface GroupFrame extends Frame {

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
	void deliver(String from, GroupReceiver receiver);

	/**
	 * To the nodes whose clients are members: a push for these members.
	 *
	 * @param group the name of the group
	 * @param route the route of the push, which the listener of the client has
	 * @param body the payload; must not be changed
	 * @param except the ids of nodes that receive it directly
	 * @param before the orders of the sender that the receiver has not confirmed
	 * @param others the payload for members with other payloads than the server's
	 * @param number the number of the push on its node, among those for several sessions
	 */
	record GroupPush(String group, String route, byte[] body, Set<String> except, EarlierOrders before,
			OtherForms others, long number) implements GroupFrame, DividedPush<GroupPush> {

		static final int CODE = 12;

		static GroupPush read(CodedInputStream in) throws IOException {
			String group = in.readString();
			String route = in.readString();
			byte[] body = in.readByteArray();
			Set<String> except = Fields.readNames(in);
			List<MemberOrder> orders = new ArrayList<>();
			for (int i = Fields.readCount(in); i > 0; i--) {
				orders.add(MemberOrder.read(in, group));
			}
			OtherForms others = OtherForms.readLast(in);
			EarlierOrders before = new EarlierOrders(orders, CloseOrder.readLast(in));
			return new GroupPush(group, route, body, except, before, others, Fields.readLastNumber(in));
		}

		/**
		 * Returns the push for a node that does not receive the published one.
		 * @param unconfirmed the orders that come before it
		 * @return a copy
		 */
		public GroupPush direct(EarlierOrders unconfirmed) {
			return new GroupPush(this.group, this.route, this.body, Set.of(), unconfirmed, this.others, this.number);
		}

		@Override
		public List<GroupPush> divide() {
			return this.others.split()
				.stream()
				.map((part) -> new GroupPush(this.group, this.route, part.hasServers() ? this.body : new byte[0],
						this.except, this.before, part, this.number))
				.toList();
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.group) + Fields.maxLength(this.route) + this.body.length
					+ Fields.maxLength(this.except) + this.before.orders().size() * MemberOrder.MAX_LENGTH
					+ this.others.maxLength();
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeStringNoTag(this.group);
			out.writeStringNoTag(this.route);
			out.writeByteArrayNoTag(this.body);
			Fields.writeNames(out, this.except);
			out.writeUInt32NoTag(this.before.orders().size());
			for (MemberOrder order : this.before.orders()) {
				order.writeWithoutGroup(out);
			}
			this.others.write(out);
			this.before.closed().write(out);
			out.writeUInt64NoTag(this.number);
		}

		@Override
		public void deliver(String from, GroupReceiver receiver) {
			receiver.push(from, this);
		}

	}

	/**
	 * To all nodes: the group is closed. It is published to the nodes that use the group,
	 * and repeated to each node until it replies with {@link GroupOrderApplied}.
	 *
	 * @param group the name of the group
	 * @param close the close
	 * @param settled as for {@link GroupOrder}
	 */
	record GroupClosed(String group, CloseOrder close, long settled) implements GroupFrame {

		static final int CODE = 17;

		static GroupClosed read(CodedInputStream in) throws IOException {
			return new GroupClosed(in.readString(), CloseOrder.readLast(in), Fields.readLastNumber(in));
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
			this.close.write(out);
			out.writeUInt64NoTag(this.settled);
		}

		@Override
		public void deliver(String from, GroupReceiver receiver) {
			receiver.groupClosed(from, this);
		}

	}

	/**
	 * To all nodes, as for {@link GroupClosed}: the group expires, unless it is renewed
	 * in time.
	 *
	 * @param group the name of the group
	 * @param ttl the time between the call and the end; written in milliseconds
	 * @param order the place of the call among the orders of its node
	 */
	record GroupExpiry(String group, Duration ttl, GroupOrder order) implements GroupFrame {

		static final int CODE = 18;

		static GroupExpiry read(CodedInputStream in) throws IOException {
			return new GroupExpiry(in.readString(), Duration.ofMillis(in.readUInt64()), GroupOrder.readLast(in));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.group) + Fields.OVERHEAD;
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeStringNoTag(this.group);
			out.writeUInt64NoTag(this.ttl.toMillis());
			this.order.write(out);
		}

		@Override
		public void deliver(String from, GroupReceiver receiver) {
			receiver.groupExpires(from, this);
		}

	}

	/**
	 * To all nodes, as for {@link GroupClosed}: the time until the group expires begins
	 * again.
	 *
	 * @param group the name of the group
	 * @param order the place of the call among the orders of its node
	 */
	record GroupRenewed(String group, GroupOrder order) implements GroupFrame {

		static final int CODE = 19;

		static GroupRenewed read(CodedInputStream in) throws IOException {
			return new GroupRenewed(in.readString(), GroupOrder.readLast(in));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.group) + Fields.OVERHEAD;
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeStringNoTag(this.group);
			this.order.write(out);
		}

		@Override
		public void deliver(String from, GroupReceiver receiver) {
			receiver.groupRenewed(from, this);
		}

	}

	/**
	 * The reply to a {@link GroupClosed}, {@link GroupExpiry} or {@link GroupRenewed}
	 * that was sent to one node.
	 *
	 * @param group the name of the group
	 * @param number the number of the order
	 */
	record GroupOrderApplied(String group, long number) implements GroupFrame {

		static final int CODE = 44;

		static GroupOrderApplied read(CodedInputStream in) throws IOException {
			return new GroupOrderApplied(in.readString(), in.readUInt64());
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
		}

		@Override
		public void deliver(String from, GroupReceiver receiver) {
			receiver.groupOrderApplied(from, this);
		}

	}

}
