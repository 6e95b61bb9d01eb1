package io.nanogame.cluster.wire;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * What a node says about a message besides its content, as bytes: how many headers, and
 * the name and the value of each.
 */
public final class Headers {

	/** Three bytes a character of UTF-8 at most, as Java counts them, and the lengths. */
	private static final int BYTES_PER_CHARACTER = 3;

	private static final int MAX_VARINT = 5;

	private Headers() {
	}

	/**
	 * How long they can become.
	 * @param headers names and values
	 * @return bytes, at most
	 */
	public static int maxLength(Map<String, String> headers) {
		int length = MAX_VARINT;
		for (Map.Entry<String, String> header : headers.entrySet()) {
			length += 2 * MAX_VARINT + (header.getKey().length() + header.getValue().length()) * BYTES_PER_CHARACTER;
		}
		return length;
	}

	/**
	 * Writes them.
	 * @param out where to
	 * @param headers names and values
	 * @throws IOException when there is no room
	 */
	public static void write(CodedOutputStream out, Map<String, String> headers) throws IOException {
		out.writeUInt32NoTag(headers.size());
		for (Map.Entry<String, String> header : headers.entrySet()) {
			out.writeStringNoTag(header.getKey());
			out.writeStringNoTag(header.getValue());
		}
	}

	/**
	 * Reads them.
	 * @param in where from
	 * @return names and values
	 * @throws IOException when the bytes are none
	 */
	public static Map<String, String> read(CodedInputStream in) throws IOException {
		int count = in.readUInt32();
		if (count == 0) {
			return Map.of();
		}
		Map<String, String> headers = new HashMap<>(4);
		for (int i = 0; i < count; i++) {
			headers.put(in.readString(), in.readString());
		}
		return headers;
	}

}
