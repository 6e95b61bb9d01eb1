package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * The payload of a push for sessions whose payloads have another form than the server's.
 *
 * @param form the name of the form
 * @param body the payload; must not be changed
 */
public record WrittenForm(String form, byte[] body) {

	/** Reads a list at the end of a frame, where earlier versions write none. */
	static List<WrittenForm> readLast(CodedInputStream in) throws IOException {
		List<WrittenForm> all = new ArrayList<>();
		for (int i = in.isAtEnd() ? 0 : Fields.readCount(in); i > 0; i--) {
			all.add(new WrittenForm(in.readString(), in.readByteArray()));
		}
		return all;
	}

	static void writeAll(CodedOutputStream out, List<WrittenForm> all) throws IOException {
		out.writeUInt32NoTag(all.size());
		for (WrittenForm each : all) {
			out.writeStringNoTag(each.form);
			out.writeByteArrayNoTag(each.body);
		}
	}

	static int maxLength(List<WrittenForm> all) {
		return all.stream().mapToInt((each) -> Fields.OVERHEAD + Fields.maxLength(each.form) + each.body.length).sum();
	}

}
