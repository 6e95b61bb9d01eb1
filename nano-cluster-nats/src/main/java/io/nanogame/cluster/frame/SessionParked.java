package io.nanogame.cluster.frame;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.resume.ResumeToken;

/**
 * A gateway that stops offers a session, whose client has no connection, to another one.
 * That one claims the session as for a client. Repeated until it does.
 *
 * @param token a token of the session; none of it if there is a uid
 * @param received the number of packets that the client has confirmed
 * @param protocol the name of the protocol of the client
 * @param awayMillis the time for which the client has been away
 * @param uid the player, if the client cannot resume the session; otherwise empty
 */
public record SessionParked(ResumeToken token, long received, String protocol, long awayMillis,
		String uid) implements HandoverFrame {

	static final int CODE = 61;

	static SessionParked read(CodedInputStream in) throws IOException {
		return new SessionParked(new ResumeToken(in.readUInt64(), in.readFixed64(), in.readFixed64()), in.readUInt64(),
				in.readString(), in.readUInt64(), Fields.readLastText(in));
	}

	@Override
	public int code() {
		return CODE;
	}

	@Override
	public int maxLength() {
		return Fields.maxLength(this.protocol) + Fields.maxLength(this.uid);
	}

	@Override
	public void write(CodedOutputStream out) throws IOException {
		out.writeUInt64NoTag(this.token.session());
		out.writeFixed64NoTag(this.token.high());
		out.writeFixed64NoTag(this.token.low());
		out.writeUInt64NoTag(this.received);
		out.writeStringNoTag(this.protocol);
		out.writeUInt64NoTag(this.awayMillis);
		out.writeStringNoTag(this.uid);
	}

	@Override
	public void deliver(String from, HandoverReceiver receiver) {
		receiver.parked(from, this);
	}

	/** Does not contain the random bits of the token. */
	@Override
	public String toString() {
		return "SessionParked[session=" + this.token.session() + "]";
	}

}
