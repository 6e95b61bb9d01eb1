package io.nanogame.benchmarks.cuts;

import java.util.Arrays;
import java.util.Random;

/**
 * Faults in a correct ledger. The comparison must find them before it is believed that
 * there are none.
 */
final class Plants {

	private Plants() {
	}

	/**
	 * Plants a loss, a double and a swap in a ledger, each alone.
	 * @param ledger at least two numbers
	 * @return whether all of them, and nothing else, were found
	 */
	static boolean areFound(int[] ledger, Random random) {
		int position = random.nextInt(ledger.length - 1);
		Comparison loss = Comparison.of(ledger, withoutNumber(ledger, position));
		Comparison twice = Comparison.of(ledger, withDouble(ledger, position));
		Comparison swap = Comparison.of(ledger, withSwap(ledger, position));
		int length = ledger.length;
		return Comparison.of(ledger, ledger).isGood() && loss.equals(new Comparison(length, length - 1, 1, 0, 0, 0))
				&& twice.equals(new Comparison(length, length + 1, 0, 1, 0, 0))
				&& swap.equals(new Comparison(length, length, 0, 0, 1, 0));
	}

	static int[] withoutNumber(int[] ledger, int position) {
		int[] planted = Arrays.copyOf(ledger, ledger.length - 1);
		System.arraycopy(ledger, position + 1, planted, position, planted.length - position);
		return planted;
	}

	static int[] withDouble(int[] ledger, int position) {
		int[] planted = Arrays.copyOf(ledger, ledger.length + 1);
		planted[ledger.length] = ledger[position];
		return planted;
	}

	static int[] withSwap(int[] ledger, int position) {
		int[] planted = ledger.clone();
		planted[position] = ledger[position + 1];
		planted[position + 1] = ledger[position];
		return planted;
	}

}
