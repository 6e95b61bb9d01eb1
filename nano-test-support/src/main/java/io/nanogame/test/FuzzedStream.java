package io.nanogame.test;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A stream of bytes and its split into chunks, both chosen by a fuzzer. The cuts are at
 * the end of the fuzzer's input, so that the stream before them is unchanged:
 *
 * <pre>
 * |stream ...|cut|cut|...|how many cuts, 0 to 15|
 * </pre>
 *
 * A cut is a byte: a position in units of 1/256 of the stream's length.
 *
 * @param bytes the whole stream
 * @param chunks the same bytes in chunks, none of which is empty
 */
public record FuzzedStream(byte[] bytes, List<byte[]> chunks) {

	private static final int MAX_CUTS = 15;

	/**
	 * Parses the input of a fuzzer.
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
	 * Splits the stream into single bytes.
	 * @return one chunk per byte
	 */
	public List<byte[]> singleBytes() {
		List<byte[]> single = new ArrayList<>(this.bytes.length);
		for (byte b : this.bytes) {
			single.add(new byte[] { b });
		}
		return single;
	}

	/**
	 * Creates a seed for a fuzzer.
	 * @param chunks the stream, with cuts near the ends of these chunks
	 * @return an input for {@link #of}
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
