package io.nanogame.cluster.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.nanogame.cluster.frame.CloseOrder;
import io.nanogame.cluster.frame.GroupFrame;
import io.nanogame.cluster.frame.GroupFrame.GroupClosed;
import io.nanogame.cluster.frame.GroupFrame.GroupExpiry;
import io.nanogame.cluster.frame.GroupFrame.GroupOrderApplied;
import io.nanogame.cluster.frame.GroupFrame.GroupRenewed;
import io.nanogame.cluster.frame.GroupOrder;
import org.jspecify.annotations.Nullable;

/**
 * The orders of this node to all others about groups as a whole: that they are closed,
 * expire or are renewed. They are published to the nodes that use the group. Once a
 * heartbeat they are also sent to each node that has not confirmed them, including those
 * without the group: a member may be on its way there. A later order of this node
 * replaces an earlier one for the same group. A node that is down may return, so its
 * orders stay, until there are too many. Orders are sent under the lock, so that other
 * nodes receive them in the order of their numbers. Thread-safe.
 */
final class GroupOrders {

	/** The number of groups for which a node that is down has orders. */
	private static final int MAX = 10_000;

	/** How many groups lose their orders at once, because the oldest are searched. */
	private static final int DROPPED = MAX / 10;

	private final GroupHost host;

	private final OrderNumbers numbers;

	private final Predicate<String> isUp;

	private final Executor later;

	/** The nodes that confirm orders, up or down. Guarded by this. */
	private final Set<String> recipients = new HashSet<>();

	/** The nodes of earlier versions, up or down. Guarded by this. */
	private final Set<String> earlier = new HashSet<>();

	/** By node and group. Changed under the lock. */
	private final Map<String, Map<String, Unconfirmed>> unconfirmed = new ConcurrentHashMap<>();

	GroupOrders(GroupHost host, OrderNumbers numbers, Predicate<String> isUp, Executor later) {
		this.host = host;
		this.numbers = numbers;
		this.isUp = isUp;
		this.later = later;
	}

	// Calls of the game of this node

	/** The group is closed here. It is closed on the other nodes, too. */
	synchronized void close(String group) {
		Call close = new Call(this.numbers.next(this.recipients, () -> false), null, this.host.nanoTime());
		this.recipients.forEach((node) -> add(node, group, new Unconfirmed(close, null)));
		publish(group, new GroupClosed(group, new CloseOrder(close.number, Duration.ZERO), 0));
	}

	/** The group expires, unless it is renewed in time. */
	synchronized void expireAfter(String group, Duration ttl, BooleanSupplier isClosed) {
		long number = addCall(group, ttl, isClosed);
		if (number != 0) {
			publish(group, new GroupExpiry(group, ttl, GroupOrder.published(number)));
		}
	}

	/** The time until the group expires begins again. */
	synchronized void renew(String group, BooleanSupplier isClosed) {
		long number = addCall(group, null, isClosed);
		if (number != 0) {
			publish(group, new GroupRenewed(group, GroupOrder.published(number)));
		}
	}

	/**
	 * Under the lock. A frame that waits for the connection is late, and its time wrong,
	 * but nodes of earlier versions receive no other one.
	 */
	private void publish(String group, GroupFrame frame) {
		if (this.host.isConnected() || !this.earlier.isEmpty()) {
			this.host.publishToAll(group, frame);
		}
	}

	/** Under the lock. Returns 0 if the group is closed. */
	private long addCall(String group, @Nullable Duration ttl, BooleanSupplier isClosed) {
		long number = this.numbers.next(this.recipients, isClosed);
		if (number != 0) {
			long now = this.host.nanoTime();
			this.recipients.forEach((node) -> {
				Unconfirmed earlier = find(node, group);
				Duration period = (ttl != null || earlier.call == null) ? ttl : earlier.call.ttl;
				add(node, group, new Unconfirmed(earlier.close, new Call(number, period, now)));
			});
		}
		return number;
	}

	private Unconfirmed find(String node, String group) {
		return Objects.requireNonNullElse(this.unconfirmed.getOrDefault(node, Map.of()).get(group), Unconfirmed.NONE);
	}

	/** Under the lock. */
	private void add(String node, String group, Unconfirmed next) {
		replace(node, group, next);
		Map<String, Unconfirmed> groups = this.unconfirmed.getOrDefault(node, Map.of());
		if (groups.size() > MAX && !this.isUp.test(node)) {
			groups.entrySet()
				.stream()
				.sorted(Comparator.comparingLong((entry) -> entry.getValue().last()))
				.limit(groups.size() - MAX + DROPPED)
				.map(Map.Entry::getKey)
				.toList()
				.forEach((oldest) -> replace(node, oldest, Unconfirmed.NONE));
		}
	}

	/** Under the lock. */
	private void replace(String node, String group, Unconfirmed next) {
		Map<String, Unconfirmed> groups = this.unconfirmed.computeIfAbsent(node, (id) -> new ConcurrentHashMap<>());
		Unconfirmed earlier = next.equals(Unconfirmed.NONE) ? groups.remove(group) : groups.put(group, next);
		if (groups.isEmpty()) {
			this.unconfirmed.remove(node);
		}
		if (earlier != null) {
			earlier.numbers()
				.stream()
				.filter((number) -> !next.numbers().contains(number))
				.forEach((number) -> this.numbers.end(node, number));
		}
	}

	/**
	 * A node has applied an order. Returns whether it was the last close of the group.
	 */
	synchronized boolean confirm(String node, GroupOrderApplied applied) {
		Unconfirmed present = find(node, applied.group());
		boolean isClose = present.close != null && present.close.number == applied.number();
		if (isClose) {
			replace(node, applied.group(), new Unconfirmed(null, present.call));
		}
		else if (present.call != null && present.call.number == applied.number()) {
			replace(node, applied.group(), new Unconfirmed(present.close, null));
		}
		return isClose;
	}

	// For the orders and pushes to the members of a group that may have been closed
	// before

	/** Returns the last close of a group that a node has not confirmed. */
	CloseOrder closed(String node, String group) {
		Call close = find(node, group).close;
		return (close != null) ? new CloseOrder(close.number, elapsed(close)) : CloseOrder.NONE;
	}

	private Duration elapsed(Call call) {
		return Duration.ofNanos(this.host.nanoTime() - call.nanos);
	}

	/** Returns whether a node has not confirmed the last close of a group. */
	boolean isClosing(String node, String group) {
		return find(node, group).close != null;
	}

	/** Returns the last close of a group, by nodes that have not confirmed it. */
	Map<String, CloseOrder> closed(String group) {
		Map<String, CloseOrder> closed = new HashMap<>();
		this.unconfirmed.forEach((node, groups) -> {
			CloseOrder close = closed(node, group);
			if (close.isNumbered()) {
				closed.put(node, close);
			}
		});
		return closed;
	}

	// Repeating

	/** Sends all unconfirmed orders to a node, because they may be lost. */
	void repeatTo(String node) {
		this.unconfirmed.getOrDefault(node, Map.of()).keySet().forEach((group) -> repeat(node, group));
	}

	/**
	 * Sends the orders for a group that is opened again to the nodes that may still have
	 * it. A node that is down is sent them when it returns.
	 */
	void repeat(String group) {
		this.unconfirmed.keySet().stream().filter(this.isUp).forEach((node) -> repeat(node, group));
	}

	private synchronized void repeat(String node, String group) {
		if (this.host.isConnected()) {
			frames(node, group).forEach((frame) -> this.host.sendSoon(node, frame, this.later));
		}
	}

	private List<GroupFrame> frames(String node, String group) {
		Unconfirmed orders = find(node, group);
		List<GroupFrame> frames = new ArrayList<>(2);
		CloseOrder close = closed(node, group);
		if (close.isNumbered()) {
			frames.add(new GroupClosed(group, close, this.numbers.settled(node, close.number())));
		}
		Call call = orders.call;
		if (call != null) {
			GroupOrder order = new GroupOrder(call.number, this.numbers.settled(node, call.number), close,
					elapsed(call));
			frames.add((call.ttl != null) ? new GroupExpiry(group, call.ttl, order) : new GroupRenewed(group, order));
		}
		return frames;
	}

	// Nodes

	/** Nodes of earlier versions receive the published orders only. */
	synchronized void up(String node) {
		if (this.host.confirmsGroupOrders(node)) {
			this.recipients.add(node);
			repeatTo(node);
		}
		else {
			this.earlier.add(node);
		}
	}

	/** Removes all orders to a node that does not return. */
	synchronized void forget(String node) {
		this.recipients.remove(node);
		this.earlier.remove(node);
		Map<String, Unconfirmed> groups = this.unconfirmed.getOrDefault(node, Map.of());
		List.copyOf(groups.keySet()).forEach((group) -> replace(node, group, Unconfirmed.NONE));
	}

	/**
	 * The orders for a group that a node has not confirmed.
	 *
	 * @param close the last close, or null
	 * @param call the last other call, which came after it; or null
	 */
	private record Unconfirmed(@Nullable Call close, @Nullable Call call) {

		static final Unconfirmed NONE = new Unconfirmed(null, null);

		List<Long> numbers() {
			return Stream.of(Optional.ofNullable(this.close), Optional.ofNullable(this.call))
				.flatMap(Optional::stream)
				.map(Call::number)
				.toList();
		}

		long last() {
			return numbers().stream().mapToLong(Long::longValue).max().orElse(0);
		}

	}

	/**
	 * A call of {@code close}, {@code expireAfter} or {@code renew}.
	 *
	 * @param number its number
	 * @param ttl the time until the group expires; null if only others know it
	 * @param nanos the time of the call
	 */
	private record Call(long number, @Nullable Duration ttl, long nanos) {
	}

}
