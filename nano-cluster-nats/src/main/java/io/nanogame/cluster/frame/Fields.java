package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Fields that several frames have.
 */
final class Fields {

	/** Enough for the code and five numbers. */
	static final int OVERHEAD = 64;

	private static final int MAX_VARINT = 10;

	/** The maximum length of a character in UTF-8, as Java counts characters. */
	private static final int BYTES_PER_CHARACTER = 3;

	private Fields() {
	}

	static int maxLength(String text) {
		return text.length() * BYTES_PER_CHARACTER;
	}

	/** Returns the maximum length of a push with its route and form. */
	static int maxLength(String route, byte[] body, String form) {
		return maxLength(route) + body.length + maxLength(form);
	}

	static int maxLength(Set<String> names) {
		int length = 0;
		for (String name : names) {
			length += MAX_VARINT + maxLength(name);
		}
		return length;
	}

	static int maxLength(long[] numbers) {
		return numbers.length * MAX_VARINT;
	}

	/**
	 * Reads the number of elements that follow. An element has at least one byte, so a
	 * number above that of the bytes is rejected before anything is allocated.
	 */
	static int readCount(CodedInputStream in) throws IOException {
		int count = in.readUInt32();
		if (count < 0 || count > in.getBytesUntilLimit()) {
			throw new IOException("more elements than bytes");
		}
		return count;
	}

	static void writeNames(CodedOutputStream out, Set<String> names) throws IOException {
		out.writeUInt32NoTag(names.size());
		for (String name : names) {
			out.writeStringNoTag(name);
		}
	}

	static Set<String> readNames(CodedInputStream in) throws IOException {
		Set<String> names = new HashSet<>();
		for (int i = readCount(in); i > 0; i--) {
			names.add(in.readString());
		}
		return names;
	}

	/** Earlier releases do not write the field. */
	static Set<String> readLastNames(CodedInputStream in) throws IOException {
		return in.isAtEnd() ? Set.of() : readNames(in);
	}

	/** Earlier releases do not write the field. */
	static String readLastText(CodedInputStream in) throws IOException {
		return in.isAtEnd() ? "" : in.readString();
	}

	/** Earlier releases do not write the field. */
	static long readLastNumber(CodedInputStream in) throws IOException {
		return in.isAtEnd() ? 0 : in.readUInt64();
	}

	static void writeNumbers(CodedOutputStream out, long[] numbers) throws IOException {
		out.writeUInt32NoTag(numbers.length);
		for (long number : numbers) {
			out.writeUInt64NoTag(number);
		}
	}

	static long[] readNumbers(CodedInputStream in) throws IOException {
		long[] numbers = new long[readCount(in)];
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = in.readUInt64();
		}
		return numbers;
	}

	/** Writes null as an empty text. */
	static void writeNullable(CodedOutputStream out, @Nullable String text) throws IOException {
		out.writeStringNoTag((text != null) ? text : "");
	}

	static @Nullable String readNullable(CodedInputStream in) throws IOException {
		String text = in.readString();
		return text.isEmpty() ? null : text;
	}

}
