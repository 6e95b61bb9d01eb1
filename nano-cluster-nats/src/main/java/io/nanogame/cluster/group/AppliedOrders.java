package io.nanogame.cluster.group;

import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.cluster.frame.MemberFrame.MemberOrder;

/**
 * The numbers of the orders that this gateway has applied, so that an order that is
 * repeated is applied once. Of each node, only the orders that it may still repeat are
 * kept. Thread-safe.
 */
final class AppliedOrders {

	private final Map<String, Applied> byNode = new ConcurrentHashMap<>();

	/** Receives an order. Returns false if it has been applied before. */
	boolean begin(String node, MemberOrder order) {
		return this.byNode.computeIfAbsent(node, (id) -> new Applied()).begin(order);
	}

	/** Forgets a node that is gone. */
	void forget(String node) {
		this.byNode.remove(node);
	}

	private static final class Applied {

		/** The node does not repeat orders with lower numbers. */
		private long settled;

		private final NavigableSet<Long> numbers = new TreeSet<>();

		synchronized boolean begin(MemberOrder order) {
			this.settled = Math.max(this.settled, order.settled());
			this.numbers.headSet(this.settled).clear();
			return order.number() >= this.settled && this.numbers.add(order.number());
		}

	}

}
