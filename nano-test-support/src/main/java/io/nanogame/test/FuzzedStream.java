package io.nanogame.test;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A stream of bytes and how it was cut on its way, both chosen by a fuzzer. In its input
 * the cuts stand at the end, so that what is in front of them is the stream as it is:
 *
 * <pre>
 * |stream ...|cut|cut|...|how many cuts, 0 to 15|
 * </pre>
 *
 * A cut is a byte, the 256th part of the stream's length.
 *
 * @param bytes the whole stream
 * @param chunks the same bytes in pieces, none of them empty
 */
public record FuzzedStream(byte[] bytes, List<byte[]> chunks) {

	private static final int MAX_CUTS = 15;

	/**
	 * Reads the input of a fuzzer.
	 * @param input any bytes
	 * @return a stream, empty if the input is
	 */
	public static FuzzedStream of(byte[] input) {
		if (input.length == 0) {
			return new FuzzedStream(input, List.of());
		}
		int cuts = Math.min(input[input.length - 1] & MAX_CUTS, input.length - 1);
		int length = input.length - 1 - cuts;
		byte[] stream = Arrays.copyOf(input, length);
		int[] positions = new int[cuts];
		for (int i = 0; i < cuts; i++) {
			positions[i] = (input[length + i] & 0xFF) * length / 256;
		}
		Arrays.sort(positions);
		return new FuzzedStream(stream, cut(stream, positions));
	}

	private static List<byte[]> cut(byte[] stream, int[] positions) {
		List<byte[]> chunks = new ArrayList<>();
		int from = 0;
		for (int to : positions) {
			if (to > from) {
				chunks.add(Arrays.copyOfRange(stream, from, to));
				from = to;
			}
		}
		if (from < stream.length) {
			chunks.add(Arrays.copyOfRange(stream, from, stream.length));
		}
		return chunks;
	}

	/**
	 * The same stream as if each byte had come alone.
	 * @return one chunk a byte
	 */
	public List<byte[]> singleBytes() {
		List<byte[]> single = new ArrayList<>(this.bytes.length);
		for (byte b : this.bytes) {
			single.add(new byte[] { b });
		}
		return single;
	}

	/**
	 * An input for a fuzzer to begin with.
	 * @param chunks the stream, cut about where these end
	 * @return what {@link #of} reads
	 */
	public static byte[] input(List<byte[]> chunks) {
		ByteArrayOutputStream input = new ByteArrayOutputStream();
		chunks.forEach(input::writeBytes);
		int length = input.size();
		int cuts = Math.min(chunks.size() - 1, MAX_CUTS);
		int end = 0;
		for (int i = 0; i < cuts; i++) {
			end += chunks.get(i).length;
			input.write((end * 256 + length - 1) / length);
		}
		input.write(cuts);
		return input.toByteArray();
	}

}
