package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * A frame about the members of all groups, between a gateway and a node that uses groups.
 * Received by {@link PresenceReceiver}.
 */
public sealed interface PresenceFrame extends Frame {

	/**
	 * Calls the method of this frame.
	 * @param from the id of the node that has sent it
	 * @param receiver receives the frame
	 */
	void deliver(String from, PresenceReceiver receiver);

	/**
	 * The sender has, or had, members of groups: if the receiver uses groups, it has to
	 * reply with a {@link PresenceQuery} of all.
	 */
	record PresenceOffer() implements PresenceFrame {

		static final int CODE = 41;

		static PresenceOffer read(CodedInputStream in) {
			return new PresenceOffer();
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
		public void write(CodedOutputStream out) {
		}

		@Override
		public void deliver(String from, PresenceReceiver receiver) {
			receiver.offered(from);
		}

	}

	/**
	 * To a gateway: the sender uses groups, and knows the gateway's members of these
	 * groups up to these numbers. The gateway replies with the members where its number
	 * differs, and from now on reports the numbers that change.
	 *
	 * @param all whether it has to reply with the numbers of all groups in which it has
	 * members
	 * @param known the groups and the known numbers; 0 if no member is known
	 */
	record PresenceQuery(boolean all, List<GroupNumber> known) implements PresenceFrame {

		static final int CODE = 42;

		static PresenceQuery read(CodedInputStream in) throws IOException {
			return new PresenceQuery(in.readBool(), GroupNumber.readAll(in));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return GroupNumber.maxLength(this.known);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeBoolNoTag(this.all);
			GroupNumber.writeAll(out, this.known);
		}

		@Override
		public void deliver(String from, PresenceReceiver receiver) {
			receiver.queried(from, this);
		}

	}

	/**
	 * From a gateway: the numbers of groups whose own members have changed recently, or
	 * of all groups in which it has members.
	 *
	 * @param numbers the groups and their numbers
	 */
	record PresenceNumbers(List<GroupNumber> numbers) implements PresenceFrame {

		static final int CODE = 43;

		static PresenceNumbers read(CodedInputStream in) throws IOException {
			return new PresenceNumbers(GroupNumber.readAll(in));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return GroupNumber.maxLength(this.numbers);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			GroupNumber.writeAll(out, this.numbers);
		}

		@Override
		public void deliver(String from, PresenceReceiver receiver) {
			receiver.numbered(from, this);
		}

	}

}
