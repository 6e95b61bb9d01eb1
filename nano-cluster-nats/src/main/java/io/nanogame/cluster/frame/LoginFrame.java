package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.cluster.frame.UserFrame.LoginClaimed;

/**
 * A frame about the numbered logins of a gateway. Received by {@link LoginReceiver}.
 */
public sealed interface LoginFrame extends Frame {

	/**
	 * Calls the method of this frame.
	 * @param from the id of the node that has sent it
	 * @param receiver receives the frame
	 */
	void deliver(String from, LoginReceiver receiver);

	/**
	 * A page of the logins of the sender, in the order of their numbers.
	 *
	 * @param after the page has all logins with greater numbers that the receiver needs
	 * @param upTo the number of the last login of the page
	 * @param last the number of the last login that the receiver should know
	 * @param claims the claims of those that have not ended
	 */
	record LoginPage(long after, long upTo, long last, List<LoginClaimed> claims) implements LoginFrame {

		static final int CODE = 36;

		static LoginPage read(CodedInputStream in) throws IOException {
			long after = in.readUInt64();
			long upTo = in.readUInt64();
			long last = in.readUInt64();
			List<LoginClaimed> claims = new ArrayList<>();
			for (int i = Fields.readCount(in); i > 0; i--) {
				claims.add(LoginClaimed.read(in));
			}
			return new LoginPage(after, upTo, last, claims);
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
			out.writeUInt64NoTag(this.after);
			out.writeUInt64NoTag(this.upTo);
			out.writeUInt64NoTag(this.last);
			out.writeUInt32NoTag(this.claims.size());
			for (LoginClaimed claim : this.claims) {
				claim.write(out);
			}
		}

		@Override
		public void deliver(String from, LoginReceiver receiver) {
			receiver.page(from, this);
		}

	}

	/**
	 * Queries the next page of logins, because earlier ones are lost.
	 *
	 * @param started when the sender of this frame has started, in milliseconds since
	 * 1970
	 * @param after the number of the last login that it knows; 0 if it knows none
	 */
	record LoginsQuery(long started, long after) implements LoginFrame {

		static final int CODE = 37;

		static LoginsQuery read(CodedInputStream in) throws IOException {
			return new LoginsQuery(in.readUInt64(), in.readUInt64());
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
			out.writeUInt64NoTag(this.started);
			out.writeUInt64NoTag(this.after);
		}

		@Override
		public void deliver(String from, LoginReceiver receiver) {
			receiver.queried(from, this);
		}

	}

}
