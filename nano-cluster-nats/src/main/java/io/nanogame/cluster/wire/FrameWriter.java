package io.nanogame.cluster.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.protobuf.CodedOutputStream;
import io.nanogame.group.Audience;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Introduction;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames: a varint with the type, then the fields in the order of
 * {@link FrameHandler}'s parameters. Numbers, texts and bytes are written as protobuf
 * writes them. A later version may add types, and fields at the end; who does not know
 * them skips them. Any thread.
 */
public final class FrameWriter {

	/** Enough for the type and five numbers. */
	private static final int OVERHEAD = 64;

	private static final int MAX_VARINT = 10;

	private final FieldWriter fieldWriter;

	/**
	 * A writer.
	 * @param payloads write the values of attributes that are neither text nor number
	 */
	public FrameWriter(Payloads payloads) {
		this.fieldWriter = new FieldWriter(payloads);
	}

	private static byte[] json(Introduction handshake) {
		return new HandshakeRequest(handshake.client(), handshake.userPart()).toJson();
	}

	public byte[] seat(Seat seat) {
		return growingFrame(FrameType.SEAT, (out) -> {
			out.writeUInt64NoTag(seat.session());
			out.writeByteArrayNoTag(json(seat.handshake()));
			FieldWriter.address(out, seat.address());
			out.writeStringNoTag(seat.transport());
			out.writeUInt32NoTag(seat.queryParameters().size());
			for (Map.Entry<String, List<String>> parameter : seat.queryParameters().entrySet()) {
				out.writeStringNoTag(parameter.getKey());
				out.writeUInt32NoTag(parameter.getValue().size());
				for (String value : parameter.getValue()) {
					out.writeStringNoTag(value);
				}
			}
			String uid = seat.uid();
			out.writeStringNoTag((uid != null) ? uid : "");
			FieldWriter.login(out, seat.login());
			this.fieldWriter.attributes(out, seat.attributes());
		});
	}

	public byte[] message(long session, MessageFrame message) {
		int most = Headers.maxLength(message.headers()) + message.route().length() * 3 + message.body().length;
		return frame(FrameType.MESSAGE, most, (out) -> {
			out.writeUInt64NoTag(session);
			out.writeUInt64NoTag(message.sequence());
			out.writeBoolNoTag(message.request());
			Headers.write(out, message.headers());
			out.writeStringNoTag(message.route());
			out.writeByteArrayNoTag(message.body());
			out.writeUInt64NoTag(message.millisLeft());
		});
	}

	public byte[] answer(long session, long sequence, boolean error, byte[] body) {
		return frame(FrameType.ANSWER, body.length, (out) -> {
			out.writeUInt64NoTag(session);
			out.writeUInt64NoTag(sequence);
			out.writeBoolNoTag(error);
			out.writeByteArrayNoTag(body);
		});
	}

	public byte[] push(long session, String route, byte[] body) {
		return frame(FrameType.PUSH, route.length() * 3 + body.length, (out) -> {
			out.writeUInt64NoTag(session);
			out.writeStringNoTag(route);
			out.writeByteArrayNoTag(body);
		});
	}

	public byte[] multicast(long[] sessions, String route, byte[] body) {
		return frame(FrameType.MULTICAST, sessions.length * MAX_VARINT + route.length() * 3 + body.length, (out) -> {
			FieldWriter.sessions(out, sessions);
			out.writeStringNoTag(route);
			out.writeByteArrayNoTag(body);
		});
	}

	public byte[] done(long session, long sequence) {
		return ofMessage(FrameType.DONE, session, sequence);
	}

	public byte[] askDone(long session, long sequence) {
		return ofMessage(FrameType.ASK_DONE, session, sequence);
	}

	public byte[] unseated(long session, long sequence) {
		return ofMessage(FrameType.UNSEATED, session, sequence);
	}

	private static byte[] ofMessage(FrameType type, long session, long sequence) {
		return frame(type, 0, (out) -> {
			out.writeUInt64NoTag(session);
			out.writeUInt64NoTag(sequence);
		});
	}

	public byte[] member(long session, String group, boolean joins) {
		return frame(FrameType.MEMBER, group.length() * 3, (out) -> {
			out.writeUInt64NoTag(session);
			out.writeStringNoTag(group);
			out.writeBoolNoTag(joins);
		});
	}

	/**
	 * An attribute has changed.
	 * @param session whose
	 * @param name the name
	 * @param value the value, or null when it was removed
	 * @return the frame
	 * @throws io.nanogame.serialize.SerializationException when the value cannot be
	 * written
	 */
	public byte[] attribute(long session, String name, @Nullable Object value) {
		return growingFrame(FrameType.ATTRIBUTE, (out) -> {
			out.writeUInt64NoTag(session);
			out.writeStringNoTag(name);
			this.fieldWriter.value(out, value);
		});
	}

	public byte[] bound(long session, String uid) {
		return frame(FrameType.BOUND, uid.length() * 3, (out) -> {
			out.writeUInt64NoTag(session);
			out.writeStringNoTag(uid);
		});
	}

	public byte[] principal(long session, @Nullable Login login) {
		return growingFrame(FrameType.PRINCIPAL, (out) -> {
			out.writeUInt64NoTag(session);
			FieldWriter.login(out, login);
		});
	}

	public byte[] bind(long session, String component, String node) {
		return frame(FrameType.BIND, (component.length() + node.length()) * 3, (out) -> {
			out.writeUInt64NoTag(session);
			out.writeStringNoTag(component);
			out.writeStringNoTag(node);
		});
	}

	public byte[] back() {
		return frame(FrameType.BACK, 0, (out) -> {
		});
	}

	public byte[] rollCall(long session) {
		return frame(FrameType.ROLL_CALL, 0, (out) -> out.writeUInt64NoTag(session));
	}

	public byte[] close(long session, CloseReason reason) {
		return frame(FrameType.CLOSE, (reason.code().length() + reason.message().length()) * 3, (out) -> {
			out.writeUInt64NoTag(session);
			out.writeStringNoTag(reason.code());
			out.writeStringNoTag(reason.message());
			out.writeBoolNoTag(reason.reconnect());
		});
	}

	public byte[] groupPush(String group, String route, byte[] body, Set<String> except) {
		int most = (group.length() + route.length() + namesLength(except)) * 3 + body.length;
		return frame(FrameType.GROUP_PUSH, most, (out) -> {
			out.writeStringNoTag(group);
			out.writeStringNoTag(route);
			out.writeByteArrayNoTag(body);
			FieldWriter.names(out, except);
		});
	}

	public byte[] joined(String group, Seated member) {
		return growingFrame(FrameType.JOINED, (out) -> {
			out.writeStringNoTag(group);
			this.fieldWriter.member(out, member);
		});
	}

	public byte[] left(String group, long session) {
		return frame(FrameType.LEFT, group.length() * 3, (out) -> {
			out.writeStringNoTag(group);
			out.writeUInt64NoTag(session);
		});
	}

	public byte[] who(String group) {
		return frame(FrameType.WHO, group.length() * 3, (out) -> out.writeStringNoTag(group));
	}

	public byte[] members(String group, long first, long last, List<Seated> members) {
		return growingFrame(FrameType.MEMBERS, (out) -> {
			out.writeStringNoTag(group);
			out.writeUInt64NoTag(first);
			out.writeUInt64NoTag(last);
			out.writeUInt32NoTag(members.size());
			for (Seated member : members) {
				this.fieldWriter.member(out, member);
			}
		});
	}

	public byte[] groupClosed(String group) {
		return frame(FrameType.GROUP_CLOSED, group.length() * 3, (out) -> out.writeStringNoTag(group));
	}

	public byte[] groupExpires(String group, Duration ttl) {
		return frame(FrameType.GROUP_EXPIRES, group.length() * 3, (out) -> {
			out.writeStringNoTag(group);
			out.writeUInt64NoTag(ttl.toMillis());
		});
	}

	public byte[] groupRenewed(String group) {
		return frame(FrameType.GROUP_RENEWED, group.length() * 3, (out) -> out.writeStringNoTag(group));
	}

	public byte[] unbound(long session, String uid) {
		return frame(FrameType.UNBOUND, uid.length() * 3, (out) -> {
			out.writeUInt64NoTag(session);
			out.writeStringNoTag(uid);
		});
	}

	public byte[] userPush(String uid, String route, byte[] body, Set<String> except) {
		int most = (uid.length() + route.length() + namesLength(except)) * 3 + body.length;
		return frame(FrameType.USER_PUSH, most, (out) -> {
			out.writeStringNoTag(uid);
			out.writeStringNoTag(route);
			out.writeByteArrayNoTag(body);
			FieldWriter.names(out, except);
		});
	}

	public byte[] userKick(String uid, String reason, Set<String> except) {
		return frame(FrameType.USER_KICK, (uid.length() + reason.length() + namesLength(except)) * 3, (out) -> {
			out.writeStringNoTag(uid);
			out.writeStringNoTag(reason);
			FieldWriter.names(out, except);
		});
	}

	public byte[] userWhere(long question, String uid) {
		return frame(FrameType.USER_WHERE, uid.length() * 3, (out) -> {
			out.writeUInt64NoTag(question);
			out.writeStringNoTag(uid);
		});
	}

	public byte[] userHere(long question, long[] sessions) {
		return frame(FrameType.USER_HERE, sessions.length * MAX_VARINT, (out) -> {
			out.writeUInt64NoTag(question);
			FieldWriter.sessions(out, sessions);
		});
	}

	public byte[] claim(String uid, long stamp, long session) {
		return frame(FrameType.CLAIM, uid.length() * 3, (out) -> {
			out.writeStringNoTag(uid);
			out.writeUInt64NoTag(stamp);
			out.writeUInt64NoTag(session);
		});
	}

	public byte[] pushTo(long question, Audience audience, String route, byte[] body) {
		return growingFrame(FrameType.PUSH_TO, (out) -> {
			out.writeUInt64NoTag(question);
			FieldWriter.audience(out, audience);
			out.writeStringNoTag(route);
			out.writeByteArrayNoTag(body);
		});
	}

	public byte[] taken(long question, boolean took) {
		return frame(FrameType.TAKEN, 0, (out) -> {
			out.writeUInt64NoTag(question);
			out.writeBoolNoTag(took);
		});
	}

	private static int namesLength(Set<String> names) {
		return names.stream().mapToInt(String::length).sum() + names.size() * MAX_VARINT;
	}

	/** With at most so many bytes in its texts and byte arrays. */
	private static byte[] frame(FrameType type, int most, Fields fields) {
		byte[] room = new byte[OVERHEAD + most];
		CodedOutputStream out = CodedOutputStream.newInstance(room);
		try {
			out.writeUInt32NoTag(type.code());
			fields.write(out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Arrays.copyOf(room, out.getTotalBytesWritten());
	}

	/** Of any length. */
	private static byte[] growingFrame(FrameType type, Fields fields) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
		CodedOutputStream out = CodedOutputStream.newInstance(bytes);
		try {
			out.writeUInt32NoTag(type.code());
			fields.write(out);
			out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	@FunctionalInterface
	private interface Fields {

		void write(CodedOutputStream out) throws IOException;

	}

}
