package io.nanogame.cluster.group;

import java.util.function.Predicate;

import io.nanogame.cluster.backend.Recipients;
import io.nanogame.cluster.frame.GroupFrame.GroupPush;
import io.nanogame.group.LocalGroup;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * The pushes to all members of one group. Those of this node are published, and delivered
 * to the members of this node like those of other nodes. Thread-safe.
 */
final class GroupPushes {

	private final GroupHost host;

	private final LocalGroup view;

	private final MovingMembers moving;

	private final RemotePushes remote;

	GroupPushes(GroupHost host, LocalGroup view, MovingMembers moving, RemotePushes remote) {
		this.host = host;
		this.view = view;
		this.moving = moving;
		this.remote = remote;
	}

	/** Sends a push of this node to all members. */
	void broadcast(String route, Object payload) {
		MergedRoute merged = this.host.settings().merged().find(route);
		OutboundMessage push = (merged != null) ? this.host.push(merged, payload) : this.host.push(route, payload);
		this.moving.send(() -> send(push, merged));
	}

	private void send(OutboundMessage push, @Nullable MergedRoute merged) {
		// First, so that no member receives it if it cannot be written, or is too long.
		this.remote.publish(push, merged);
		if (merged != null) {
			this.view.merge(push, merged, (loop, payloads) -> !Recipients.areServedBy(loop));
		}
		else {
			this.view.send(push, (loop, payloads) -> !Recipients.areServedBy(loop));
		}
	}

	/** Publishes the merged pushes before a change or another push of this node. */
	void endWindow() {
		this.moving.send(this.remote::endWindow);
	}

	/** Receives a push of another node. */
	void receive(String from, GroupPush push) {
		this.host.pushes().received(from, push.number());
		if (!push.except().contains(this.host.self())) {
			this.host.forms()
				.deliver(push.route(), push.body(), push.others(),
						(message, some) -> receive(from, push.number(), message, some));
		}
	}

	private void receive(String from, long number, OutboundMessage push, Predicate<Payloads> some) {
		this.moving.send(
				() -> this.view.send(push, (loop, payloads) -> !Recipients.areServedBy(loop) && some.test(payloads)),
				() -> this.moving.deliver(from, number, push, some));
	}

}
