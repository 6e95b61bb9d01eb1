package io.nanogame.cluster.group;

import java.util.stream.Stream;

import io.nanogame.cluster.frame.CloseOrder;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.GroupFrame.GroupClosed;
import io.nanogame.cluster.frame.GroupFrame.GroupExpiry;
import io.nanogame.cluster.frame.GroupFrame.GroupOrderApplied;
import io.nanogame.cluster.frame.GroupFrame.GroupPush;
import io.nanogame.cluster.frame.GroupFrame.GroupRenewed;
import io.nanogame.cluster.frame.GroupOrder;
import io.nanogame.cluster.frame.GroupReceiver;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.cluster.frame.MemberFrame.OrderApplied;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Applies the orders of other nodes to the groups of this one, each once and in the order
 * of its node, and confirms those that are repeated until then. An order that comes after
 * a close of its group contains the number of the close, which may be lost, and is
 * applied first. Confined to the thread that reads from the network.
 */
final class ReceivedOrders implements GroupReceiver {

	private final ClusterGroups groups;

	private final GroupHost host;

	private final AppliedOrders applied = new AppliedOrders();

	ReceivedOrders(ClusterGroups groups) {
		this.groups = groups;
		this.host = groups.host();
	}

	/** Forgets a node that is gone. Thread-safe. */
	void forget(String node) {
		this.applied.forget(node);
	}

	// About members

	void memberOrdered(String from, MemberOrder order) {
		closeBefore(from, order.group(), order.closed(), order.settled());
		if (!isElsewhere(from, order)) {
			if (begin(from, order)) {
				apply(from, order);
			}
			confirm(from, order);
		}
	}

	/**
	 * Returns whether this node does not own the session. The sender sends the order to
	 * the node that does, and its pushes to this one until then.
	 */
	private boolean isElsewhere(String from, MemberOrder order) {
		long session = order.session();
		boolean hasLeft = this.host.pushes().hasLeft(session);
		if (hasLeft && begin(from, order)) {
			this.groups.moves().follow(order);
		}
		return hasLeft || !this.host.isOwn(session);
	}

	private void apply(String from, MemberOrder order) {
		Session session = this.host.session(order.session());
		if (!order.joins() || session == null || !this.groups.moves()
			.join(session, order.group(), (group) -> group.joinOrdered(from, order.number()))) {
			this.groups.apply(from, order);
		}
	}

	private boolean begin(String from, MemberOrder order) {
		return this.applied.begin(from, order.group(), order.number(), order.settled());
	}

	/** Confirms an order that is applied. */
	private void confirm(String from, MemberOrder order) {
		Session session = this.host.session(order.session());
		ClusterGroup group = this.groups.find(order.group());
		if (session != null && group != null) {
			group.own().confirm(from, order, session);
		}
		else {
			this.host.send(from, new OrderApplied(order.session(), order.group(), false, order.number()));
		}
	}

	@Override
	public void push(String from, GroupPush push) {
		closeBefore(from, push.group(), push.before().closed(), 0);
		Stream<MemberOrder> orders = push.before().orders().stream();
		orders.filter((order) -> !isElsewhere(from, order) && begin(from, order)).forEach((order) -> {
			apply(from, order);
			confirm(from, order);
		});
		ClusterGroup group = this.groups.find(push.group());
		if (group != null) {
			group.push(from, push);
		}
	}

	// About groups as a whole

	/** Applies the close of a group before an order or push that comes after it. */
	private void closeBefore(String from, String group, CloseOrder close, long settled) {
		if (close.isNumbered() && this.applied.beginClose(from, group, close.number(), settled)) {
			close(from, group, close);
			confirm(from, group, close.number());
		}
	}

	private void close(String from, String name, CloseOrder close) {
		ClusterGroup group = this.groups.find(name);
		if (group != null) {
			group.closedElsewhere(from, close);
		}
	}

	private void confirm(String from, String group, long number) {
		send(from, new GroupOrderApplied(group, number));
	}

	private void send(String to, Frame frame) {
		this.host.sendSoon(to, frame, this.groups.later());
	}

	@Override
	public void groupClosed(String from, GroupClosed closed) {
		CloseOrder close = closed.close();
		if (!close.isNumbered() || this.applied.beginClose(from, closed.group(), close.number(), closed.settled())) {
			close(from, closed.group(), close);
		}
		if (closed.settled() != 0) {
			confirm(from, closed.group(), close.number());
		}
	}

	@Override
	public void groupExpires(String from, GroupExpiry expiry) {
		ClusterGroup group = begin(from, expiry.group(), expiry.order());
		if (group != null) {
			group.lifetime().startedElsewhere(expiry.ttl(), expiry.order().elapsed());
		}
	}

	@Override
	public void groupRenewed(String from, GroupRenewed renewed) {
		ClusterGroup group = begin(from, renewed.group(), renewed.order());
		if (group != null) {
			group.lifetime().renewedElsewhere(renewed.order().elapsed());
		}
	}

	/** Returns the group to which an order must be applied, or null. */
	private @Nullable ClusterGroup begin(String from, String name, GroupOrder order) {
		closeBefore(from, name, order.closed(), order.settled());
		boolean isNew = order.number() == 0 || this.applied.begin(from, name, order.number(), order.settled());
		if (order.settled() != 0) {
			confirm(from, name, order.number());
		}
		return isNew ? this.groups.find(name) : null;
	}

	@Override
	public void groupOrderApplied(String from, GroupOrderApplied confirmation) {
		if (this.groups.orders().confirm(from, confirmation)) {
			// After that, because a group that is opened until then ignores reports.
			ClusterGroup group = this.groups.find(confirmation.group());
			if (group != null) {
				group.membership().closeConfirmed(from);
			}
		}
	}

}
