package io.nanogame.cluster.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import com.google.protobuf.CodedOutputStream;
import io.nanogame.group.Audience;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.EncodedAttribute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the fields of frames that are more than a number, a text or bytes. Any thread.
 */
final class FieldWriter {

	private static final Logger log = LoggerFactory.getLogger(FieldWriter.class);

	// Codes of audiences

	static final int PLAYERS = 1;

	static final int GROUP_MEMBERS = 2;

	static final int EVERYBODY = 3;

	private static final Object UNWRITABLE = new Object();

	private final Payloads payloads;

	FieldWriter(Payloads payloads) {
		this.payloads = payloads;
	}

	static void login(CodedOutputStream out, @Nullable Login login) throws IOException {
		out.writeBoolNoTag(login != null);
		if (login != null) {
			out.writeStringNoTag(login.name());
			out.writeUInt32NoTag(login.trust().code());
			names(out, login.authorities());
		}
	}

	static void names(CodedOutputStream out, Set<String> names) throws IOException {
		out.writeUInt32NoTag(names.size());
		for (String name : names) {
			out.writeStringNoTag(name);
		}
	}

	/** One that cannot be written stays where it is. */
	void attributes(CodedOutputStream out, Map<String, Object> attributes) throws IOException {
		Map<String, Object> writable = new HashMap<>(attributes);
		writable.replaceAll(this::encoded);
		writable.values().removeIf((value) -> value == UNWRITABLE);
		out.writeUInt32NoTag(writable.size());
		for (Map.Entry<String, Object> attribute : writable.entrySet()) {
			out.writeStringNoTag(attribute.getKey());
			value(out, attribute.getValue());
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

	static void address(CodedOutputStream out, InetSocketAddress address) throws IOException {
		out.writeByteArrayNoTag((address.getAddress() != null) ? address.getAddress().getAddress() : new byte[0]);
		out.writeUInt32NoTag(address.getPort());
	}

	static void audience(CodedOutputStream out, Audience audience) throws IOException {
		if (audience instanceof Audience.Players players) {
			out.writeUInt32NoTag(PLAYERS);
			names(out, players.uids());
		}
		else if (audience instanceof Audience.GroupMembers members) {
			out.writeUInt32NoTag(GROUP_MEMBERS);
			out.writeStringNoTag(members.group());
		}
		else {
			out.writeUInt32NoTag(EVERYBODY);
		}
	}

	static void sessions(CodedOutputStream out, long[] sessions) throws IOException {
		out.writeUInt32NoTag(sessions.length);
		for (long session : sessions) {
			out.writeUInt64NoTag(session);
		}
	}

	void value(CodedOutputStream out, @Nullable Object value) throws IOException {
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

	void member(CodedOutputStream out, Seated member) throws IOException {
		out.writeUInt64NoTag(member.session());
		String uid = member.uid();
		out.writeStringNoTag((uid != null) ? uid : "");
		attributes(out, member.attributes());
	}

}
