package io.nanogame.cluster.group;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The numbers of the orders that this node has applied, so that an order that is repeated
 * is applied once, and an order before the close of a group not after it. Of each node,
 * only the orders that it may still repeat are kept. Thread-safe.
 */
final class AppliedOrders {

	private final Map<String, Applied> byNode = new ConcurrentHashMap<>();

	/**
	 * Receives an order.
	 * @param node the node that has sent it
	 * @param group the group
	 * @param number the number of the order
	 * @param settled the node does not repeat orders with lower numbers
	 * @return false if it has been applied before, or the node has closed the group after
	 * it
	 */
	boolean begin(String node, String group, long number, long settled) {
		return applied(node).begin(group, number, settled);
	}

	/**
	 * Receives the close of a group, as for {@link #begin}.
	 */
	boolean beginClose(String node, String group, long number, long settled) {
		return applied(node).beginClose(group, number, settled);
	}

	private Applied applied(String node) {
		return this.byNode.computeIfAbsent(node, (id) -> new Applied());
	}

	/** Forgets a node that is gone. */
	void forget(String node) {
		this.byNode.remove(node);
	}

	private static final class Applied {

		/** The node does not repeat orders with lower numbers. */
		private long settled;

		private final NavigableSet<Long> numbers = new TreeSet<>();

		/** The numbers of the last closes by group. */
		private final Map<String, Long> closed = new HashMap<>();

		private final NavigableMap<Long, String> groups = new TreeMap<>();

		synchronized boolean begin(String group, long number, long settledBefore) {
			settle(settledBefore);
			return number >= this.settled && number > this.closed.getOrDefault(group, 0L) && this.numbers.add(number);
		}

		synchronized boolean beginClose(String group, long number, long settledBefore) {
			settle(settledBefore);
			if (number < this.settled || number <= this.closed.getOrDefault(group, 0L)) {
				return false;
			}
			this.closed.put(group, number);
			this.groups.put(number, group);
			return true;
		}

		private void settle(long before) {
			if (before > this.settled) {
				this.settled = before;
				this.numbers.headSet(before).clear();
				Map<Long, String> past = this.groups.headMap(before);
				past.forEach((number, group) -> this.closed.remove(group, number));
				past.clear();
			}
		}

	}

}
