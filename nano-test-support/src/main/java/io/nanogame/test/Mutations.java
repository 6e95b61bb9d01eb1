package io.nanogame.test;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Fuzzing without a fuzzer: mutations of valid inputs, the same in every run. Fast enough
 * for every build; {@code scripts/fuzz} runs longer.
 */
public final class Mutations {

	private static final int MAX_CHANGES = 4;

	private static final int[] EDGES = { 0, 1, 2, 3, 4, 5, 0x7E, 0x7F, 0x80, 0x81, 0x82, 0x88, 0xFE, 0xFF, '"', '%' };

	private final Random random = new Random(1);

	private final List<byte[]> seeds;

	private Mutations(List<byte[]> seeds) {
		this.seeds = seeds;
	}

	/**
	 * Runs a target with mutated seeds.
	 * @param seeds valid inputs, at least one
	 * @param count the number of inputs to try
	 * @param target must not fail
	 * @throws AssertionError with the input in hex if the target fails
	 */
	public static void tryAll(List<byte[]> seeds, int count, Consumer<byte[]> target) {
		Mutations mutations = new Mutations(seeds);
		for (int i = 0; i < count; i++) {
			byte[] input = mutations.next();
			try {
				target.accept(input.clone());
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError("Failed with the input " + HexFormat.of().formatHex(input), ex);
			}
		}
	}

	private byte[] next() {
		byte[] input = seed();
		for (int changes = 1 + this.random.nextInt(MAX_CHANGES); changes > 0; changes--) {
			input = change(input);
		}
		return input;
	}

	private byte[] seed() {
		return this.seeds.get(this.random.nextInt(this.seeds.size())).clone();
	}

	private byte[] change(byte[] input) {
		int from = this.random.nextInt(input.length + 1);
		int to = from + this.random.nextInt(Math.min(input.length - from, 16) + 1);
		byte[] head = Arrays.copyOf(input, from);
		byte[] tail = Arrays.copyOfRange(input, to, input.length);
		return switch (this.random.nextInt(6)) {
			case 0 -> join(head, tail);
			case 1 -> join(head, Arrays.copyOfRange(input, from, to), Arrays.copyOfRange(input, from, input.length));
			case 2 -> join(head, new byte[] { anyByte() }, tail);
			case 3 -> join(head, seed());
			default -> withOtherByte(input, from);
		};
	}

	private byte[] withOtherByte(byte[] input, int index) {
		if (index < input.length) {
			input[index] = this.random.nextBoolean() ? anyByte()
					: (byte) (input[index] ^ 1 << this.random.nextInt(Byte.SIZE));
		}
		return input;
	}

	private byte anyByte() {
		return (byte) (this.random.nextBoolean() ? EDGES[this.random.nextInt(EDGES.length)] : this.random.nextInt(256));
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			whole.writeBytes(part);
		}
		return whole.toByteArray();
	}

}
