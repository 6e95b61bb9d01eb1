package io.nanogame.cluster.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import io.nanogame.cluster.backend.RemoteSession;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.cluster.frame.MemberFrame.OrderApplied;
import io.nanogame.group.LocalGroup;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The orders of this node to gateways that sessions of theirs join or leave groups. An
 * order stands until its gateway has confirmed its number, or a later order for the same
 * session and group replaces it. Thread-safe.
 */
final class MemberOrders {

	private final GroupHost host;

	private final OrderNumbers numbers;

	/** The closes of groups, after which orders may come. */
	private final GroupOrders groups;

	/**
	 * An order is sent under the lock of its key, so that the gateway receives the orders
	 * for one session and group in their order.
	 */
	private final Map<Key, Order> unconfirmed = new ConcurrentHashMap<>();

	/** The same orders by group and session. Changed under the lock of the group. */
	private final Map<String, Map<Long, Order>> byGroup = new ConcurrentHashMap<>();

	MemberOrders(GroupHost host, OrderNumbers numbers, GroupOrders groups) {
		this.host = host;
		this.numbers = numbers;
		this.groups = groups;
	}

	/**
	 * Sends an order, unless the group has been closed concurrently.
	 * @return false if this node owns the session, which has just moved here
	 */
	boolean toJoin(LocalGroup group, Session session) {
		return add(group.name(), session, true, group::isClosed);
	}

	void toLeave(LocalGroup group, Session session) {
		add(group.name(), session, false, group::isClosed);
	}

	/**
	 * Adds an order for a session that has moved from this node as a member of a group
	 * that is closed now. It is sent when the session has arrived, unless another node
	 * lets it join again until then.
	 */
	void toLeaveLater(String group, Session session, String gateway) {
		Key key = new Key(group, session.id());
		this.unconfirmed.compute(key, (same, earlier) -> replace(key, earlier,
				new Order(this.numbers.next(Set.of(gateway), () -> false), session, gateway, false)));
	}

	/** Sends an order, and again if the session moves meanwhile. */
	private boolean add(String group, Session session, boolean joins, BooleanSupplier isClosed) {
		Key key = new Key(group, session.id());
		String last = null;
		for (String gateway = RemoteSession.gatewayOf(session); !Objects.equals(gateway, last); gateway = RemoteSession
			.gatewayOf(session)) {
			if (gateway == null) {
				this.unconfirmed.computeIfPresent(key, (same, order) -> {
					end(key, order);
					return null;
				});
				return false;
			}
			send(key, session, gateway, joins, isClosed);
			last = gateway;
		}
		return last != null;
	}

	private void send(Key key, Session session, String gateway, boolean joins, BooleanSupplier isClosed) {
		this.unconfirmed.compute(key, (same, earlier) -> {
			long number = this.numbers.next(Set.of(gateway), isClosed);
			if (number == 0) {
				return earlier;
			}
			Order order = replace(key, earlier, new Order(number, session, gateway, joins));
			send(key, order);
			return order;
		});
	}

	/** Under the lock of the key. */
	private Order replace(Key key, @Nullable Order earlier, Order order) {
		if (earlier != null) {
			end(key, earlier);
		}
		begin(key, order);
		return order;
	}

	private void begin(Key key, Order order) {
		this.byGroup.compute(key.group(), (group, present) -> {
			Map<Long, Order> orders = (present != null) ? present : new ConcurrentHashMap<>();
			orders.put(key.session(), order);
			return orders;
		});
	}

	private void end(Key key, Order order) {
		this.numbers.end(order.gateway(), order.number());
		this.byGroup.computeIfPresent(key.group(), (group, orders) -> {
			orders.remove(key.session(), order);
			return orders.isEmpty() ? null : orders;
		});
	}

	private void send(Key key, Order order) {
		this.host.send(order.gateway(), frame(key, order));
	}

	private MemberOrder frame(Key key, Order order) {
		return new MemberOrder(key.session(), key.group(), order.joins(), order.number(),
				this.numbers.settled(order.gateway(), order.number()),
				this.groups.closed(order.gateway(), key.group()));
	}

	/** A gateway has applied an order. Returns it if no later one has replaced it. */
	@Nullable Order confirm(String gateway, OrderApplied applied) {
		Key key = new Key(applied.group(), applied.session());
		Order order = this.unconfirmed.get(key);
		boolean isLast = order != null && order.number() == applied.number() && order.gateway().equals(gateway);
		return (isLast && remove(key, order)) ? order : null;
	}

	private boolean remove(Key key, Order order) {
		boolean removed = this.unconfirmed.remove(key, order);
		if (removed) {
			end(key, order);
		}
		return removed;
	}

	/** A session has left: an order to join ends with the session or with the group. */
	void left(String group, long session, boolean isClosed) {
		Key key = new Key(group, session);
		Order order = this.unconfirmed.get(key);
		if (order != null && order.joins() && (isClosed || !order.session().isOpen())) {
			remove(key, order);
		}
	}

	/** Returns the unconfirmed order for a session. */
	@Nullable Order find(String group, long session) {
		return this.unconfirmed.get(new Key(group, session));
	}

	/** Returns the unconfirmed orders for a group, by gateway. */
	Map<String, List<MemberOrder>> unconfirmed(String group) {
		Map<Long, Order> orders = this.byGroup.get(group);
		if (orders == null) {
			return Map.of();
		}
		Map<String, List<MemberOrder>> byGateway = new HashMap<>();
		orders.forEach((session, order) -> byGateway.computeIfAbsent(order.gateway(), (gateway) -> new ArrayList<>())
			.add(frame(new Key(group, session), order)));
		return byGateway;
	}

	/** Sends the orders to a gateway again, because they may be lost. */
	void repeatTo(String gateway) {
		this.unconfirmed.forEach((key, seen) -> {
			if (seen.gateway().equals(gateway)) {
				repeat(key);
			}
		});
	}

	/** Returns the unconfirmed orders for a session, by group. */
	Map<String, Order> of(long session) {
		Map<String, Order> orders = new HashMap<>();
		this.unconfirmed.forEach((key, order) -> {
			if (key.session() == session) {
				orders.put(key.group(), order);
			}
		});
		return orders;
	}

	/**
	 * Sends an order to the node that owns its session now. It is dropped if the session
	 * would join a group that is closed.
	 */
	void moved(String group, Order moved, String to, BooleanSupplier isClosed) {
		Key key = new Key(group, moved.session().id());
		if (moved.joins() && isClosed.getAsBoolean()) {
			remove(key, moved);
		}
		else if (moved.gateway().equals(to)) {
			repeat(key);
		}
		else if (find(group, key.session()) == moved) {
			send(key, moved.session(), to, moved.joins(), moved.joins() ? isClosed : () -> false);
		}
	}

	/** This node owns the session of an order, and applies it. */
	void end(String group, Order order) {
		remove(new Key(group, order.session().id()), order);
	}

	/** Repeats the orders for a session, because its gateway may have ignored them. */
	void repeat(long session) {
		of(session).keySet().forEach((group) -> repeat(new Key(group, session)));
	}

	private void repeat(Key key) {
		this.unconfirmed.computeIfPresent(key, (same, order) -> {
			send(key, order);
			return order;
		});
	}

	/** Removes the orders to join; the gateway may reconnect with its members. */
	void gatewayLost(String gateway) {
		this.unconfirmed.forEach((key, order) -> {
			if (order.joins() && order.gateway().equals(gateway)) {
				remove(key, order);
			}
		});
	}

	/** Removes all orders to a gateway that does not reconnect. */
	void forget(String gateway) {
		this.unconfirmed.forEach((key, order) -> {
			if (order.gateway().equals(gateway)) {
				remove(key, order);
			}
		});
	}

	private record Key(String group, long session) {
	}

	/**
	 * An order.
	 *
	 * @param number its number
	 * @param session the session on this node
	 * @param gateway the gateway of the session
	 * @param joins false if the session leaves
	 */
	record Order(long number, Session session, String gateway, boolean joins) {
	}

}
