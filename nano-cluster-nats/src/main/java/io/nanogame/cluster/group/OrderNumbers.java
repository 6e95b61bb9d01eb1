package io.nanogame.cluster.group;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * The numbers of the orders of this node to others: of those about members, and of those
 * about groups as a whole. So each node that receives them knows their order.
 * Thread-safe.
 */
final class OrderNumbers {

	/** The numbers of unconfirmed orders by node. Guarded by this. */
	private final Map<String, NavigableSet<Long>> unconfirmed = new HashMap<>();

	/** Guarded by this. */
	private long last;

	/**
	 * Numbers an order, unless the group is closed: an order that is added concurrently
	 * with the close either comes before it or does not exist.
	 * @param nodes the nodes that will confirm the order
	 * @param isClosed whether the group is closed; called under the lock
	 * @return the number; 0 if the group is closed
	 */
	synchronized long next(Collection<String> nodes, BooleanSupplier isClosed) {
		if (isClosed.getAsBoolean()) {
			return 0;
		}
		this.last++;
		nodes.forEach((node) -> this.unconfirmed.computeIfAbsent(node, (id) -> new TreeSet<>()).add(this.last));
		return this.last;
	}

	/** An order is confirmed by a node, replaced or dropped. */
	synchronized void end(String node, long number) {
		this.unconfirmed.computeIfPresent(node, (id, numbers) -> {
			numbers.remove(number);
			return numbers.isEmpty() ? null : numbers;
		});
	}

	/** Returns the lowest number of an order that may be repeated to a node. */
	synchronized long settled(String node, long number) {
		NavigableSet<Long> numbers = this.unconfirmed.get(node);
		return (numbers != null) ? numbers.first() : number;
	}

}
