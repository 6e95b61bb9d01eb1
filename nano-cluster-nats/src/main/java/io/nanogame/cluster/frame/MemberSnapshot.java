package io.nanogame.cluster.frame;

import java.io.IOException;
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
 */
public record MemberSnapshot(long session, @Nullable String uid, Map<String, Object> attributes) {

	static MemberSnapshot read(CodedInputStream in, AttributeCodec attributes) throws IOException {
		return new MemberSnapshot(in.readUInt64(), Fields.readNullable(in), attributes.readAll(in));
	}

	/**
	 * Returns the member without its attributes, which may be too long for a frame.
	 * @return a copy
	 */
	public MemberSnapshot withoutAttributes() {
		return new MemberSnapshot(this.session, this.uid, Map.of());
	}

	void write(CodedOutputStream out) throws IOException {
		out.writeUInt64NoTag(this.session);
		Fields.writeNullable(out, this.uid);
		AttributeCodec.writeAll(out, this.attributes);
	}

}
