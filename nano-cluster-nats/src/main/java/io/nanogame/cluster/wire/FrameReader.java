package io.nanogame.cluster.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.protobuf.CodedInputStream;
import io.nanogame.group.Audience;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.EncodedAttribute;
import io.nanogame.session.Introduction;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link FrameWriter} wrote. Any thread.
 */
public final class FrameReader {

	private final Payloads payloads;

	/**
	 * A reader.
	 * @param payloads read the values of attributes, when somebody asks for them
	 */
	public FrameReader(Payloads payloads) {
		this.payloads = payloads;
	}

	/**
	 * Reads one frame; one of a type this version does not know is skipped.
	 * @param from the node that sent it
	 * @param frame its bytes
	 * @param handler told what it says
	 * @throws FrameException when the bytes are no frame
	 */
	public void read(String from, byte[] frame, FrameHandler handler) {
		read(from, CodedInputStream.newInstance(frame), handler);
	}

	/**
	 * Reads one frame; one of a type this version does not know is skipped.
	 * @param from the node that sent it
	 * @param in the frame, limited to its length
	 * @param handler receives its content
	 * @throws FrameException when the bytes are malformed
	 */
	public void read(String from, CodedInputStream in, FrameHandler handler) {
		try {
			FrameType type = FrameType.of(in.readUInt32());
			if (type != null) {
				read(type, from, in, handler);
			}
		}
		catch (IOException | ProtocolException ex) {
			throw new FrameException("Not a frame of this cluster: " + ex.getMessage(), ex);
		}
	}

	private void read(FrameType type, String from, CodedInputStream in, FrameHandler handler) throws IOException {
		switch (type) {
			case SEAT -> handler.seat(from, seat(in));
			case MESSAGE -> handler.message(from, in.readUInt64(), message(in));
			case ANSWER -> handler.answer(from, in.readUInt64(), in.readUInt64(), in.readBool(), in.readByteArray());
			case PUSH -> handler.push(in.readUInt64(), in.readString(), in.readByteArray());
			case MULTICAST -> handler.multicast(sessions(in), in.readString(), in.readByteArray());
			case ASK_DONE -> handler.askDone(from, in.readUInt64(), in.readUInt64());
			case DONE -> handler.done(from, in.readUInt64(), in.readUInt64());
			case UNSEATED -> handler.unseated(from, in.readUInt64(), in.readUInt64());
			case ATTRIBUTE -> handler.attribute(from, in.readUInt64(), in.readString(), value(in));
			case BOUND -> handler.bound(from, in.readUInt64(), in.readString());
			case UNBOUND -> handler.unbound(from, in.readUInt64(), in.readString());
			case CLOSE ->
				handler.close(from, in.readUInt64(), new CloseReason(in.readString(), in.readString(), in.readBool()));
			case MEMBER -> handler.member(in.readUInt64(), in.readString(), in.readBool());
			case GROUP_PUSH -> handler.groupPush(from, in.readString(), in.readString(), in.readByteArray(), names(in));
			case JOINED -> handler.joined(from, in.readString(), member(in));
			case LEFT -> handler.left(from, in.readString(), in.readUInt64());
			case WHO -> handler.who(from, in.readString());
			case MEMBERS -> handler.members(from, in.readString(), in.readUInt64(), in.readUInt64(), members(in));
			case GROUP_CLOSED -> handler.groupClosed(from, in.readString());
			case GROUP_EXPIRES -> handler.groupExpires(from, in.readString(), Duration.ofMillis(in.readUInt64()));
			case USER_PUSH -> handler.userPush(in.readString(), in.readString(), in.readByteArray(), namesAtEnd(in));
			case USER_KICK -> handler.userKick(in.readString(), in.readString(), namesAtEnd(in));
			case USER_WHERE -> handler.userWhere(from, in.readUInt64(), in.readString());
			case USER_HERE -> handler.userHere(from, in.readUInt64(), sessions(in));
			case CLAIM -> handler.claim(in.readString(), in.readUInt64(), in.readUInt64());
			case BACK -> handler.back(from);
			case ROLL_CALL -> handler.rollCall(from, in.readUInt64());
			case PRINCIPAL -> handler.principal(from, in.readUInt64(), login(in));
			case BIND -> handler.bind(in.readUInt64(), in.readString(), in.readString());
			case GROUP_RENEWED -> handler.groupRenewed(from, in.readString());
			case PUSH_TO -> handler.pushTo(from, in.readUInt64(), audience(in), in.readString(), in.readByteArray());
			case TAKEN -> handler.taken(from, in.readUInt64(), in.readBool());
		}
	}

	private Seat seat(CodedInputStream in) throws IOException {
		long session = in.readUInt64();
		HandshakeRequest request = HandshakeRequest.parse(in.readByteArray());
		Introduction handshake = new Introduction(request.client(), request.userPart());
		byte[] address = in.readByteArray();
		int port = in.readUInt32();
		String transport = in.readString();
		Map<String, List<String>> query = new LinkedHashMap<>();
		for (int i = in.readUInt32(); i > 0; i--) {
			String name = in.readString();
			List<String> values = new ArrayList<>();
			for (int j = in.readUInt32(); j > 0; j--) {
				values.add(in.readString());
			}
			query.put(name, values);
		}
		String uid = nullable(in.readString());
		return new Seat(session, handshake, address(address, port), transport, query, uid, login(in), attributes(in));
	}

	/** How much time is left was not said by earlier versions. */
	private static MessageFrame message(CodedInputStream in) throws IOException {
		return new MessageFrame(in.readUInt64(), in.readBool(), Headers.read(in), in.readString(), in.readByteArray(),
				in.isAtEnd() ? 0 : in.readUInt64());
	}

	private static @Nullable Login login(CodedInputStream in) throws IOException {
		if (!in.readBool()) {
			return null;
		}
		return new Login(in.readString(), Login.Trust.of(in.readUInt32()), names(in));
	}

	private static @Nullable String nullable(String text) {
		return text.isEmpty() ? null : text;
	}

	/** Nodes that know nothing of the field do not write it. */
	private static Set<String> namesAtEnd(CodedInputStream in) throws IOException {
		return in.isAtEnd() ? Set.of() : names(in);
	}

	private static Set<String> names(CodedInputStream in) throws IOException {
		Set<String> names = new HashSet<>();
		for (int i = in.readUInt32(); i > 0; i--) {
			names.add(in.readString());
		}
		return names;
	}

	private static Audience audience(CodedInputStream in) throws IOException {
		int code = in.readUInt32();
		return switch (code) {
			case FieldWriter.PLAYERS -> new Audience.Players(names(in));
			case FieldWriter.GROUP_MEMBERS -> new Audience.GroupMembers(in.readString());
			case FieldWriter.EVERYBODY -> new Audience.Everybody();
			default -> throw new IOException("an audience of a later version");
		};
	}

	private List<Seated> members(CodedInputStream in) throws IOException {
		List<Seated> members = new ArrayList<>();
		for (int i = in.readUInt32(); i > 0; i--) {
			members.add(member(in));
		}
		return members;
	}

	private Seated member(CodedInputStream in) throws IOException {
		return new Seated(in.readUInt64(), nullable(in.readString()), attributes(in));
	}

	private Map<String, Object> attributes(CodedInputStream in) throws IOException {
		Map<String, Object> attributes = new HashMap<>();
		for (int i = in.readUInt32(); i > 0; i--) {
			String name = in.readString();
			Object value = value(in);
			if (value != null) {
				attributes.put(name, value);
			}
		}
		return attributes;
	}

	private static InetSocketAddress address(byte[] address, int port) throws IOException {
		return (address.length > 0) ? new InetSocketAddress(InetAddress.getByAddress(address), port)
				: InetSocketAddress.createUnresolved("unknown", port);
	}

	/** As many as there can be in what was sent, whatever the count says. */
	private static long[] sessions(CodedInputStream in) throws IOException {
		int count = in.readUInt32();
		List<Long> sessions = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			sessions.add(in.readUInt64());
		}
		return sessions.stream().mapToLong(Long::longValue).toArray();
	}

	private @Nullable Object value(CodedInputStream in) throws IOException {
		ValueType type = ValueType.of(in.readUInt32());
		if (type == null) {
			throw new IOException("a value of a later version");
		}
		return switch (type) {
			case NONE -> null;
			case TEXT -> in.readString();
			case INT -> in.readSInt32();
			case LONG -> in.readSInt64();
			case DOUBLE -> in.readDouble();
			case BOOLEAN -> in.readBool();
			case ENCODED -> new EncodedAttribute(in.readByteArray(), this.payloads);
		};
	}

}
