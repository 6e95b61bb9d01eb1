package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.group.Audience;

/**
 * A push to all gateways that requires a reply of each, and these replies. Received by
 * {@link PushReceiver}.
 */
public sealed interface PushFrame extends Frame {

	/**
	 * Calls the method of this frame.
	 * @param from the id of the node that has sent it
	 * @param receiver receives the frame
	 */
	void deliver(String from, PushReceiver receiver);

	/**
	 * A push for the sessions of an audience.
	 *
	 * @param number the number of the push
	 * @param audience the recipients
	 * @param route the route of the push, which the listener of the client has
	 * @param body the payload; must not be changed
	 * @param others the payload for sessions with other payloads than the server's
	 */
	record AudiencePush(long number, Audience audience, String route, byte[] body,
			OtherForms others) implements PushFrame, DividedPush<AudiencePush> {

		static final int CODE = 29;

		private static final int PLAYERS = 1;

		private static final int GROUP_MEMBERS = 2;

		private static final int EVERYBODY = 3;

		static AudiencePush read(CodedInputStream in) throws IOException {
			return new AudiencePush(in.readUInt64(), readAudience(in), in.readString(), in.readByteArray(),
					OtherForms.readLast(in));
		}

		@Override
		public List<AudiencePush> divide() {
			return this.others.split()
				.stream()
				.map((part) -> new AudiencePush(this.number, this.audience, this.route,
						part.hasServers() ? this.body : new byte[0], part))
				.toList();
		}

		private static Audience readAudience(CodedInputStream in) throws IOException {
			int code = in.readUInt32();
			return switch (code) {
				case PLAYERS -> new Audience.Players(Fields.readNames(in));
				case GROUP_MEMBERS -> new Audience.GroupMembers(in.readString());
				case EVERYBODY -> new Audience.Everybody();
				default -> throw new IOException("an audience of a later version");
			};
		}

		private static void writeAudience(CodedOutputStream out, Audience audience) throws IOException {
			if (audience instanceof Audience.Players players) {
				out.writeUInt32NoTag(PLAYERS);
				Fields.writeNames(out, players.uids());
			}
			else if (audience instanceof Audience.GroupMembers members) {
				out.writeUInt32NoTag(GROUP_MEMBERS);
				out.writeStringNoTag(members.group());
			}
			else {
				out.writeUInt32NoTag(EVERYBODY);
			}
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
			out.writeUInt64NoTag(this.number);
			writeAudience(out, this.audience);
			out.writeStringNoTag(this.route);
			out.writeByteArrayNoTag(this.body);
			this.others.write(out);
		}

		@Override
		public void deliver(String from, PushReceiver receiver) {
			receiver.push(from, this);
		}

	}

	/**
	 * The reply of a gateway to an {@link AudiencePush}.
	 *
	 * @param number the number of the push
	 * @param delivered whether it has a recipient
	 */
	record PushAcknowledged(long number, boolean delivered) implements PushFrame {

		static final int CODE = 30;

		static PushAcknowledged read(CodedInputStream in) throws IOException {
			return new PushAcknowledged(in.readUInt64(), in.readBool());
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
			out.writeUInt64NoTag(this.number);
			out.writeBoolNoTag(this.delivered);
		}

		@Override
		public void deliver(String from, PushReceiver receiver) {
			receiver.acknowledged(from, this);
		}

	}

}
