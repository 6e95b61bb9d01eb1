package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * The headers that a node adds to a message: their number, and the name and the value of
 * each.
 */
public final class Headers {

	private static final int MAX_VARINT = 5;

	private Headers() {
	}

	/**
	 * Returns an upper bound of their length.
	 * @param headers names and values
	 * @return a number of bytes
	 */
	public static int maxLength(Map<String, String> headers) {
		int length = MAX_VARINT;
		for (Map.Entry<String, String> header : headers.entrySet()) {
			length += 2 * MAX_VARINT + Fields.maxLength(header.getKey()) + Fields.maxLength(header.getValue());
		}
		return length;
	}

	/**
	 * Writes headers.
	 * @param out receives the headers
	 * @param headers names and values
	 * @throws IOException when there is no space
	 */
	public static void write(CodedOutputStream out, Map<String, String> headers) throws IOException {
		out.writeUInt32NoTag(headers.size());
		for (Map.Entry<String, String> header : headers.entrySet()) {
			out.writeStringNoTag(header.getKey());
			out.writeStringNoTag(header.getValue());
		}
	}

	/**
	 * Reads headers.
	 * @param in contains the headers
	 * @return names and values
	 * @throws IOException when the bytes are malformed
	 */
	public static Map<String, String> read(CodedInputStream in) throws IOException {
		int count = Fields.readCount(in);
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
