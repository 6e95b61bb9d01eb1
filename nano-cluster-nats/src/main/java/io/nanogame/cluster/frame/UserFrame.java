package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * A frame about a player, for the nodes to which the player is connected, and their
 * replies. Received by {@link UserReceiver}.
 */
public sealed interface UserFrame extends Frame {

	/**
	 * Calls the method of this frame.
	 * @param from the id of the node that has sent it
	 * @param receiver receives the frame
	 */
	void deliver(String from, UserReceiver receiver);

	/**
	 * A push for all sessions of the player.
	 *
	 * @param uid the uid of the player
	 * @param route the route of the push, which the listener of the client has
	 * @param body the payload; must not be changed
	 * @param except the ids of nodes that receive it directly
	 * @param others the payload for sessions with other payloads than the server's
	 * @param number the number of the push on its node, among those for several sessions
	 */
	record UserPush(String uid, String route, byte[] body, Set<String> except, OtherForms others,
			long number) implements UserFrame, DividedPush<UserPush> {

		static final int CODE = 20;

		static UserPush read(CodedInputStream in) throws IOException {
			return new UserPush(in.readString(), in.readString(), in.readByteArray(), Fields.readLastNames(in),
					OtherForms.readLast(in), Fields.readLastNumber(in));
		}

		/**
		 * Returns the push for a node that does not receive the published one.
		 * @return a copy
		 */
		public UserPush direct() {
			return new UserPush(this.uid, this.route, this.body, Set.of(), this.others, this.number);
		}

		@Override
		public List<UserPush> divide() {
			return this.others.split()
				.stream()
				.map((part) -> new UserPush(this.uid, this.route, part.hasServers() ? this.body : new byte[0],
						this.except, part, this.number))
				.toList();
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.uid) + Fields.maxLength(this.route) + this.body.length
					+ Fields.maxLength(this.except) + this.others.maxLength();
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeStringNoTag(this.uid);
			out.writeStringNoTag(this.route);
			out.writeByteArrayNoTag(this.body);
			Fields.writeNames(out, this.except);
			this.others.write(out);
			out.writeUInt64NoTag(this.number);
		}

		@Override
		public void deliver(String from, UserReceiver receiver) {
			receiver.push(from, this);
		}

	}

	/**
	 * Closes all sessions of the player.
	 *
	 * @param uid the uid of the player
	 * @param reason the reason, which is sent to the client
	 * @param except the ids of nodes that receive it directly
	 */
	record UserKick(String uid, String reason, Set<String> except) implements UserFrame {

		static final int CODE = 21;

		static UserKick read(CodedInputStream in) throws IOException {
			return new UserKick(in.readString(), in.readString(), Fields.readLastNames(in));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.uid) + Fields.maxLength(this.reason) + Fields.maxLength(this.except);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeStringNoTag(this.uid);
			out.writeStringNoTag(this.reason);
			Fields.writeNames(out, this.except);
		}

		@Override
		public void deliver(String from, UserReceiver receiver) {
			receiver.kick(from, this);
		}

	}

	/**
	 * Queries the sessions of the player.
	 *
	 * @param number the number of the query
	 * @param uid the uid of the player
	 */
	record SessionsQuery(long number, String uid) implements UserFrame {

		static final int CODE = 22;

		static SessionsQuery read(CodedInputStream in) throws IOException {
			return new SessionsQuery(in.readUInt64(), in.readString());
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
			out.writeUInt64NoTag(this.number);
			out.writeStringNoTag(this.uid);
		}

		@Override
		public void deliver(String from, UserReceiver receiver) {
			receiver.sessionsQueried(from, this);
		}

	}

	/**
	 * The reply to a {@link SessionsQuery}.
	 *
	 * @param number the number of the query
	 * @param sessions the ids of the sessions
	 */
	record SessionsReply(long number, long[] sessions) implements UserFrame {

		static final int CODE = 23;

		static SessionsReply read(CodedInputStream in) throws IOException {
			return new SessionsReply(in.readUInt64(), Fields.readNumbers(in));
		}

		@Override
		public int code() {
			return CODE;
		}

		@Override
		public int maxLength() {
			return Fields.maxLength(this.sessions);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt64NoTag(this.number);
			Fields.writeNumbers(out, this.sessions);
		}

		@Override
		public void deliver(String from, UserReceiver receiver) {
			receiver.sessionsFound(from, this);
		}

	}

	/**
	 * The player has logged in.
	 *
	 * @param uid the uid of the player
	 * @param stamp the time of the login by the clock of the cluster
	 * @param session the id of the new session
	 */
	record LoginClaimed(String uid, long stamp, long session) implements UserFrame {

		static final int CODE = 24;

		static LoginClaimed read(CodedInputStream in) throws IOException {
			return new LoginClaimed(in.readString(), in.readUInt64(), in.readUInt64());
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
			out.writeStringNoTag(this.uid);
			out.writeUInt64NoTag(this.stamp);
			out.writeUInt64NoTag(this.session);
		}

		@Override
		public void deliver(String from, UserReceiver receiver) {
			receiver.loginClaimed(from, this);
		}

	}

}
