package io.nanogame.cluster.group;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nanogame.cluster.frame.CloseOrder;
import io.nanogame.cluster.frame.EarlierOrders;
import io.nanogame.cluster.frame.GroupFrame.GroupPush;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.cluster.frame.OtherForms;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * The pushes of this node to the members of a group on other nodes. A push is published
 * to the subject of the group, to which a node is subscribed while clients of its own are
 * members. A session that was added here may be the first member of its gateway, and an
 * order may be lost. So a node that has not confirmed an order is sent each push
 * directly, with the order, unless it is down. Thread-safe.
 */
final class RemotePushes {

	/** The maximum number of orders that are repeated with a push. */
	private static final int MAX_ORDERS = 500;

	private final String group;

	private final GroupHost host;

	private final MemberOrders memberOrders;

	private final GroupOrders orders;

	private final PresencePeers peers;

	private final MovingMembers moving;

	/** The merge window; null without merged routes. */
	private final @Nullable RemoteWindow window;

	RemotePushes(ClusterGroups groups, String group, MovingMembers moving) {
		this.moving = moving;
		this.group = group;
		this.host = groups.host();
		this.memberOrders = groups.memberOrders();
		this.orders = groups.orders();
		this.peers = groups.peers();
		this.window = this.host.window((task) -> groups.later().execute(() -> moving.send(task)), this::publish);
	}

	/** Publishes a push, or adds it to those that are merged. */
	void publish(OutboundMessage push, @Nullable MergedRoute merged) {
		if (this.window == null) {
			publish(push);
		}
		else if (merged != null) {
			this.window.merge(push, merged);
		}
		else {
			this.window.push(push);
		}
	}

	private void publish(OutboundMessage push) {
		Map<String, List<MemberOrder>> unconfirmed = this.memberOrders.unconfirmed(this.group);
		Map<String, CloseOrder> closed = this.orders.closed(this.group);
		Set<String> direct = new HashSet<>(unconfirmed.keySet());
		direct.addAll(closed.keySet());
		long number = this.host.pushes().next();
		GroupPush all = new GroupPush(this.group, push.route(), push.body(), direct, EarlierOrders.NONE,
				OtherForms.of(this.host.forms().write(push, this.host.forms().used().ofOthers())), number);
		// First, because it is the longer one.
		List<GroupPush> published = this.host.publishPush(all);
		direct.stream().filter(this.peers::mayHaveClients).forEach((node) -> {
			List<MemberOrder> missing = unconfirmed.getOrDefault(node, List.of());
			List<MemberOrder> before = missing.subList(0, Math.min(missing.size(), MAX_ORDERS));
			CloseOrder close = closed.getOrDefault(node, CloseOrder.NONE);
			published.forEach((part) -> this.host.sendPush(node, part.direct(new EarlierOrders(before, close))));
		});
		this.moving.deliver(this.host.self(), number, push, (payloads) -> true);
	}

	/** Publishes the merged pushes before a change or another push of this node. */
	void endWindow() {
		if (this.window != null) {
			this.window.end();
		}
	}

}
