package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The state of a member of a group, as its gateway sends it to other nodes.
 *
 * @param session the id of its session
 * @param uid the uid it is bound to, or null
 * @param attributes the attributes of its session, as {@link AttributeCodec} encodes them
 * @param form the form of the payloads of its session; empty for that of the server's
 * payloads
 */
public record MemberSnapshot(long session, @Nullable String uid, Map<String, Object> attributes, String form) {

	static MemberSnapshot read(CodedInputStream in, AttributeCodec attributes) throws IOException {
		return new MemberSnapshot(in.readUInt64(), Fields.readNullable(in), attributes.readAll(in), "");
	}

	/** Frames contain the form at their end, where earlier versions skip it. */
	MemberSnapshot withForm(String other) {
		return new MemberSnapshot(this.session, this.uid, this.attributes, other);
	}

	/**
	 * Reads a list at the end of a frame, with the forms, which earlier versions skip.
	 */
	static List<MemberSnapshot> readLast(CodedInputStream in, AttributeCodec attributes) throws IOException {
		List<MemberSnapshot> members = new ArrayList<>();
		for (int i = Fields.readCount(in); i > 0; i--) {
			members.add(read(in, attributes));
		}
		for (int i = 0; i < members.size() && !in.isAtEnd(); i++) {
			members.set(i, members.get(i).withForm(in.readString()));
		}
		return members;
	}

	static void writeLast(CodedOutputStream out, List<MemberSnapshot> members) throws IOException {
		out.writeUInt32NoTag(members.size());
		for (MemberSnapshot member : members) {
			member.write(out);
		}
		for (MemberSnapshot member : members) {
			out.writeStringNoTag(member.form);
		}
	}

	/**
	 * Returns the member without its attributes, which may be too long for a frame.
	 * @return a copy
	 */
	public MemberSnapshot withoutAttributes() {
		return new MemberSnapshot(this.session, this.uid, Map.of(), this.form);
	}

	void write(CodedOutputStream out) throws IOException {
		out.writeUInt64NoTag(this.session);
		Fields.writeNullable(out, this.uid);
		AttributeCodec.writeAll(out, this.attributes);
	}

}
