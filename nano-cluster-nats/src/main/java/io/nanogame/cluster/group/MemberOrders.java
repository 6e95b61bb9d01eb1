package io.nanogame.cluster.group;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What a node has told gateways about sessions of theirs in one group: to let them come,
 * or go. An order stands until its gateway has said the same. Any thread.
 */
final class MemberOrders {

	private final ClusterGroups groups;

	private final String group;

	/** By session. */
	private final Map<Long, Order> unconfirmed = new ConcurrentHashMap<>();

	MemberOrders(ClusterGroups groups, String group) {
		this.groups = groups;
		this.group = group;
	}

	void toJoin(long session, String gateway) {
		give(session, new Order(gateway, true));
	}

	void toLeave(long session, String gateway) {
		give(session, new Order(gateway, false));
	}

	private void give(long session, Order order) {
		this.unconfirmed.put(session, order);
		tell(session, order);
	}

	private void tell(long session, Order order) {
		this.groups.tell(order.gateway(), this.groups.writer().member(session, this.group, order.joins()));
	}

	/** A gateway says that a session of its own has come; false if that is outdated. */
	boolean confirmJoined(long session) {
		// Else it was said before the gateway heard that the session has to leave.
		return this.unconfirmed.computeIfPresent(session, (id, order) -> order.joins() ? null : order) == null;
	}

	void confirmLeft(long session) {
		this.unconfirmed.computeIfPresent(session, (id, order) -> order.joins() ? order : null);
	}

	void forget(long session) {
		this.unconfirmed.remove(session);
	}

	boolean stands(long session) {
		return this.unconfirmed.containsKey(session);
	}

	/** Gateways of which it is not known yet that they hear the pushes of the group. */
	Set<String> gatewaysThatMayNotHear() {
		return this.unconfirmed.values().stream().filter(Order::joins).map(Order::gateway).collect(Collectors.toSet());
	}

	/** What was said while the way to the others was lost may not have arrived. */
	void repeat() {
		this.unconfirmed.forEach(this::tell);
	}

	void repeatTo(String gateway) {
		this.unconfirmed.forEach((session, order) -> {
			if (order.gateway().equals(gateway)) {
				tell(session, order);
			}
		});
	}

	/** Orders to leave stay: the gateway may come back with its members. */
	void gatewayLost(String gateway) {
		this.unconfirmed.values().removeIf((order) -> order.joins() && order.gateway().equals(gateway));
	}

	/** A gateway has to let a session of its own come or go. */
	private record Order(String gateway, boolean joins) {
	}

}
