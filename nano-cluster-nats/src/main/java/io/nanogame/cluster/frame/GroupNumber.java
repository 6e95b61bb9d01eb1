package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * The number of the last change of a gateway's own members of a group.
 *
 * @param group the name of the group
 * @param number the number; 0 if the gateway has no members, or they are not known
 */
public record GroupNumber(String group, long number) {

	private static final int NUMBERS = 16;

	/**
	 * Returns an upper bound of the length.
	 * @return a number of bytes
	 */
	public int maxLength() {
		return Fields.maxLength(this.group) + NUMBERS;
	}

	static int maxLength(List<GroupNumber> numbers) {
		return numbers.stream().mapToInt(GroupNumber::maxLength).sum();
	}

	static void writeAll(CodedOutputStream out, List<GroupNumber> numbers) throws IOException {
		out.writeUInt32NoTag(numbers.size());
		for (GroupNumber each : numbers) {
			out.writeStringNoTag(each.group);
			out.writeUInt64NoTag(each.number);
		}
	}

	static List<GroupNumber> readAll(CodedInputStream in) throws IOException {
		List<GroupNumber> numbers = new ArrayList<>();
		for (int i = Fields.readCount(in); i > 0; i--) {
			numbers.add(new GroupNumber(in.readString(), in.readUInt64()));
		}
		return numbers;
	}

}
