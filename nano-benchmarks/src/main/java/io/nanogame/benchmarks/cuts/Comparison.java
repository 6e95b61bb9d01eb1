package io.nanogame.benchmarks.cuts;

import java.util.HashMap;
import java.util.Map;

/**
 * The difference between the messages that one end has sent and those that the other has
 * received.
 *
 * @param sent the number of sent messages
 * @param received the number of received messages
 * @param lost messages that were not received
 * @param twice receipts of messages that had been received before
 * @param outOfOrder messages that were received after a later one
 * @param unknown receipts of messages that were never sent
 */
record Comparison(long sent, long received, long lost, long twice, long outOfOrder, long unknown) {

	static final Comparison NONE = new Comparison(0, 0, 0, 0, 0, 0);

	/**
	 * Compares two ledgers.
	 * @param sent the numbers of the messages in the order in which they were sent; each
	 * once
	 * @param received the numbers in the order in which they were received
	 * @return the differences
	 */
	static Comparison of(int[] sent, int[] received) {
		Map<Integer, Integer> positions = new HashMap<>();
		for (int i = 0; i < sent.length; i++) {
			if (positions.put(sent[i], i) != null) {
				throw new IllegalArgumentException("Message %d was sent twice".formatted(sent[i]));
			}
		}
		boolean[] seen = new boolean[sent.length];
		int last = -1;
		long distinct = 0;
		long twice = 0;
		long outOfOrder = 0;
		long unknown = 0;
		for (int number : received) {
			Integer position = positions.get(number);
			if (position == null) {
				unknown++;
			}
			else if (seen[position]) {
				twice++;
			}
			else {
				seen[position] = true;
				distinct++;
				outOfOrder += (position < last) ? 1 : 0;
				last = Math.max(last, position);
			}
		}
		return new Comparison(sent.length, received.length, sent.length - distinct, twice, outOfOrder, unknown);
	}

	Comparison plus(Comparison other) {
		return new Comparison(this.sent + other.sent, this.received + other.received, this.lost + other.lost,
				this.twice + other.twice, this.outOfOrder + other.outOfOrder, this.unknown + other.unknown);
	}

	boolean isGood() {
		return this.lost == 0 && this.twice == 0 && this.outOfOrder == 0 && this.unknown == 0;
	}

}
