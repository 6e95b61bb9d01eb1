package io.nanogame.cluster.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.protobuf.CodedOutputStream;
import io.nanogame.group.Audience;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.EncodedAttribute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes frames: a varint with the type, then the fields in the order of
 * {@link FrameHandler}'s parameters. Numbers, texts and bytes are written as protobuf
 * writes them. A later version may add types, and fields at the end; who does not know
 * them skips them. Any thread.
 */
public final class FrameWriter {

	private static final Logger log = LoggerFactory.getLogger(FrameWriter.class);

	/** Enough for the type and five numbers. */
	private static final int OVERHEAD = 64;

	private static final int MAX_VARINT = 10;

	// Codes of audiences

	static final int PLAYERS = 1;

	static final int GROUP_MEMBERS = 2;

	static final int EVERYBODY = 3;

	private static final Object UNWRITABLE = new Object();

	private final Payloads payloads;

	/**
	 * A writer.
	 * @param payloads write the values of attributes that are neither text nor number
	 */
	public FrameWriter(Payloads payloads) {
		this.payloads = payloads;
	}

	public byte[] seat(Seat seat) {
		return growingFrame(FrameType.SEAT, (out) -> {
			out.writeUInt64NoTag(seat.session());
			out.writeByteArrayNoTag(seat.handshake().toJson());
			writeAddress(out, seat.address());
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
			writeLogin(out, seat.login());
			writeAttributes(out, seat.attributes());
		});
	}

	private static void writeLogin(CodedOutputStream out, @Nullable Login login) throws IOException {
		out.writeBoolNoTag(login != null);
		if (login != null) {
			out.writeStringNoTag(login.name());
			out.writeUInt32NoTag(login.trust().code());
			writeNames(out, login.authorities());
		}
	}

	private static void writeNames(CodedOutputStream out, Set<String> names) throws IOException {
		out.writeUInt32NoTag(names.size());
		for (String name : names) {
			out.writeStringNoTag(name);
		}
	}

	/** One that cannot be written stays where it is. */
	private void writeAttributes(CodedOutputStream out, Map<String, Object> attributes) throws IOException {
		Map<String, Object> writable = new HashMap<>(attributes);
		writable.replaceAll(this::encoded);
		writable.values().removeIf((value) -> value == UNWRITABLE);
		out.writeUInt32NoTag(writable.size());
		for (Map.Entry<String, Object> attribute : writable.entrySet()) {
			out.writeStringNoTag(attribute.getKey());
			writeValue(out, attribute.getValue());
		}
	}

	private Object encoded(String name, Object value) {
		if (ValueType.of(value) != ValueType.ENCODED || value instanceof EncodedAttribute) {
			return value;
		}
		try {
			return new EncodedAttribute(this.payloads.write(value), this.payloads);
		}
		catch (SerializationException ex) {
			log.warn("Attribute '{}' cannot be written, so other nodes do not see it: {}", name, ex.getMessage());
			return UNWRITABLE;
		}
	}

	private static void writeAddress(CodedOutputStream out, InetSocketAddress address) throws IOException {
		out.writeByteArrayNoTag((address.getAddress() != null) ? address.getAddress().getAddress() : new byte[0]);
		out.writeUInt32NoTag(address.getPort());
	}

	public byte[] message(long session, long sequence, boolean request, Map<String, String> headers, String route,
			byte[] body) {
		return frame(FrameType.MESSAGE, Headers.maxLength(headers) + route.length() * 3 + body.length, (out) -> {
			out.writeUInt64NoTag(session);
			out.writeUInt64NoTag(sequence);
			out.writeBoolNoTag(request);
			Headers.write(out, headers);
			out.writeStringNoTag(route);
			out.writeByteArrayNoTag(body);
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
			writeSessions(out, sessions);
			out.writeStringNoTag(route);
			out.writeByteArrayNoTag(body);
		});
	}

	public byte[] done(long session, long sequence) {
		return ofMessage(FrameType.DONE, session, sequence);
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
			writeValue(out, value);
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
			writeLogin(out, login);
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
		return frame(FrameType.CLOSE, (reason.code().length() + reason.words().length()) * 3, (out) -> {
			out.writeUInt64NoTag(session);
			out.writeStringNoTag(reason.code());
			out.writeStringNoTag(reason.words());
			out.writeBoolNoTag(reason.reconnect());
		});
	}

	public byte[] groupPush(String group, String route, byte[] body, Set<String> except) {
		int names = except.stream().mapToInt(String::length).sum() + except.size() * MAX_VARINT;
		return frame(FrameType.GROUP_PUSH, (group.length() + route.length() + names) * 3 + body.length, (out) -> {
			out.writeStringNoTag(group);
			out.writeStringNoTag(route);
			out.writeByteArrayNoTag(body);
			writeNames(out, except);
		});
	}

	public byte[] joined(String group, Seated member) {
		return growingFrame(FrameType.JOINED, (out) -> {
			out.writeStringNoTag(group);
			writeMember(out, member);
		});
	}

	private void writeMember(CodedOutputStream out, Seated member) throws IOException {
		out.writeUInt64NoTag(member.session());
		String uid = member.uid();
		out.writeStringNoTag((uid != null) ? uid : "");
		writeAttributes(out, member.attributes());
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
				writeMember(out, member);
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

	public byte[] userPush(String uid, String route, byte[] body) {
		return frame(FrameType.USER_PUSH, (uid.length() + route.length()) * 3 + body.length, (out) -> {
			out.writeStringNoTag(uid);
			out.writeStringNoTag(route);
			out.writeByteArrayNoTag(body);
		});
	}

	public byte[] userKick(String uid, String words) {
		return frame(FrameType.USER_KICK, (uid.length() + words.length()) * 3, (out) -> {
			out.writeStringNoTag(uid);
			out.writeStringNoTag(words);
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
			writeSessions(out, sessions);
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
			writeAudience(out, audience);
			out.writeStringNoTag(route);
			out.writeByteArrayNoTag(body);
		});
	}

	private static void writeAudience(CodedOutputStream out, Audience audience) throws IOException {
		if (audience instanceof Audience.Players players) {
			out.writeUInt32NoTag(PLAYERS);
			writeNames(out, players.uids());
		}
		else if (audience instanceof Audience.GroupMembers members) {
			out.writeUInt32NoTag(GROUP_MEMBERS);
			out.writeStringNoTag(members.group());
		}
		else {
			out.writeUInt32NoTag(EVERYBODY);
		}
	}

	public byte[] taken(long question, boolean took) {
		return frame(FrameType.TAKEN, 0, (out) -> {
			out.writeUInt64NoTag(question);
			out.writeBoolNoTag(took);
		});
	}

	private static void writeSessions(CodedOutputStream out, long[] sessions) throws IOException {
		out.writeUInt32NoTag(sessions.length);
		for (long session : sessions) {
			out.writeUInt64NoTag(session);
		}
	}

	private void writeValue(CodedOutputStream out, @Nullable Object value) throws IOException {
		ValueType type = ValueType.of(value);
		out.writeUInt32NoTag(type.code());
		switch (type) {
			case NONE -> {
			}
			case TEXT -> out.writeStringNoTag((String) value);
			case INT -> out.writeSInt32NoTag((Integer) value);
			case LONG -> out.writeSInt64NoTag((Long) value);
			case DOUBLE -> out.writeDoubleNoTag((Double) value);
			case BOOLEAN -> out.writeBoolNoTag((Boolean) value);
			case ENCODED -> out.writeByteArrayNoTag(
					(value instanceof EncodedAttribute encoded) ? encoded.bytes() : this.payloads.write(value));
		}
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
