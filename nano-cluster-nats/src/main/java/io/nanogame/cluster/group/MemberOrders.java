package io.nanogame.cluster.group;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.nanogame.cluster.frame.MemberFrame.MemberOrder;

/**
 * The orders to gateways that sessions of theirs join or leave one group. An order stands
 * until its gateway has confirmed it. Thread-safe.
 */
final class MemberOrders {

	private final GroupHost host;

	private final String group;

	/** By session. */
	private final Map<Long, Order> unconfirmed = new ConcurrentHashMap<>();

	MemberOrders(GroupHost host, String group) {
		this.host = host;
		this.group = group;
	}

	void toJoin(long session, String gateway) {
		add(session, new Order(gateway, true));
	}

	void toLeave(long session, String gateway) {
		add(session, new Order(gateway, false));
	}

	private void add(long session, Order order) {
		this.unconfirmed.put(session, order);
		send(session, order);
	}

	private void send(long session, Order order) {
		this.host.send(order.gateway(), new MemberOrder(session, this.group, order.joins()));
	}

	/** A gateway reports that a session has joined. Returns false if that is outdated. */
	boolean confirmJoined(long session) {
		// A report before the gateway received the order to leave is outdated.
		return this.unconfirmed.computeIfPresent(session, (id, order) -> order.joins() ? null : order) == null;
	}

	void confirmLeft(long session) {
		this.unconfirmed.computeIfPresent(session, (id, order) -> order.joins() ? order : null);
	}

	void forget(long session) {
		this.unconfirmed.remove(session);
	}

	boolean contains(long session) {
		return this.unconfirmed.containsKey(session);
	}

	/** Returns the gateways with sessions whose joining is not confirmed. */
	Set<String> unconfirmedGateways() {
		return this.unconfirmed.values().stream().filter(Order::joins).map(Order::gateway).collect(Collectors.toSet());
	}

	/** Sends all orders again, because they may be lost. */
	void repeat() {
		this.unconfirmed.forEach(this::send);
	}

	void repeatTo(String gateway) {
		this.unconfirmed.forEach((session, order) -> {
			if (order.gateway().equals(gateway)) {
				send(session, order);
			}
		});
	}

	/** Removes the orders to join; the gateway may reconnect with its members. */
	void gatewayLost(String gateway) {
		this.unconfirmed.values().removeIf((order) -> order.joins() && order.gateway().equals(gateway));
	}

	/** An order to a gateway that a session joins or leaves. */
	private record Order(String gateway, boolean joins) {
	}

}
