package io.nanogame.cluster;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.nanogame.cluster.frame.LeaveFrame.LeaveQuery;
import io.nanogame.cluster.frame.LeaveFrame.LeaveReply;
import io.nanogame.cluster.frame.LeaveReceiver;
import io.nanogame.cluster.gateway.Router;
import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.peer.Versions;
import io.nanogame.node.Node;

/**
 * Determines when the gateways send no further messages of sessions to a node that
 * leaves, however late they receive its announcement: each replies to a query behind its
 * last message. Thread-safe.
 */
final class LeaveExchange implements LeaveReceiver {

	private final Consumer<Boolean> announcement;

	private final Peers peers;

	private final ClusterNodes nodes;

	private final Router router;

	/** The gateways that have replied since this node leaves. */
	private final Set<String> replied = ConcurrentHashMap.newKeySet();

	private volatile boolean leaving;

	/** The number of times that this node has begun to leave. */
	private volatile long number;

	LeaveExchange(Consumer<Boolean> announcement, Peers peers, ClusterNodes nodes, Router router) {
		this.announcement = announcement;
		this.peers = peers;
		this.nodes = nodes;
		this.router = router;
	}

	/** Announces whether this node leaves. Called by one thread after the other. */
	void setLeaving(boolean now) {
		if (now && !this.leaving) {
			this.number++;
			this.replied.clear();
		}
		this.leaving = now;
		this.announcement.accept(now);
		query();
	}

	/** Queries the gateways that have not replied. Call it several times a heartbeat. */
	void query() {
		if (this.leaving && receivesMessages()) {
			LeaveQuery query = new LeaveQuery(this.number);
			this.nodes.others()
				.stream()
				.filter(this::isAwaited)
				.forEach((node) -> this.peers.to(node.id()).send(query));
		}
	}

	/** Returns whether no gateway sends further messages, as far as these can reply. */
	boolean isComplete() {
		return !receivesMessages() || this.nodes.others().stream().noneMatch(this::isAwaited);
	}

	private boolean receivesMessages() {
		return !this.nodes.self().components().isEmpty();
	}

	/** Gateways of earlier versions do not reply. */
	private boolean isAwaited(Node node) {
		return node.gateway() && !this.replied.contains(node.id())
				&& this.peers.versions().with(node.id()) >= Versions.LEAVE_QUERIES;
	}

	/** Ignores a query that is ahead of the announcement: it is repeated. */
	@Override
	public void leaveQuery(String from, LeaveQuery query) {
		if (this.nodes.find(from).filter(Node::leaving).isPresent()) {
			this.router.afterForwarded(() -> this.peers.to(from).send(new LeaveReply(query.number())));
		}
	}

	@Override
	public void leaveReply(String from, LeaveReply reply) {
		if (reply.number() == this.number) {
			this.replied.add(from);
		}
	}

}
