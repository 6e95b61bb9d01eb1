package io.nanogame.cluster.handover;

import java.util.List;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.frame.HandoverFrame;
import io.nanogame.cluster.frame.HandoverReceiver;
import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.peer.Versions;
import io.nanogame.node.Node;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.time.TimeSource;

/**
 * The other nodes, as far as sessions may move to them or from them. Thread-safe.
 */
final class Gateways {

	private static final int MAX_PART = 128 * 1024;

	private final Bus bus;

	private final ClusterNodes nodes;

	private final Peers peers;

	private final TimeSource time;

	/** Receives what is sent to this node. */
	private final HandoverReceiver here;

	Gateways(Bus bus, ClusterNodes nodes, Peers peers, TimeSource time, HandoverReceiver here) {
		this.bus = bus;
		this.nodes = nodes;
		this.peers = peers;
		this.time = time;
		this.here = here;
	}

	String self() {
		return this.peers.self();
	}

	long nanoTime() {
		return this.time.nanoTime();
	}

	boolean areReachable() {
		return this.bus.isConnected();
	}

	/** Returns whether all nodes that are up follow sessions that move. */
	boolean allowMoves() {
		return this.peers.versions().areAllAtLeast(Versions.SESSION_MOVES);
	}

	/** Returns whether no other gateway is suspect, or perhaps not known yet. */
	boolean areAllKnown() {
		return areReachable() && this.nodes.isCurrent(this.bus.reconnects()) && this.nodes.areAllKnown()
				&& this.nodes.suspectCount() == 0;
	}

	/** Returns the ids of the other gateways. */
	List<String> others() {
		return this.nodes.others().stream().filter(Node::gateway).map(Node::id).toList();
	}

	/** Returns the ids of the gateways to which sessions of this one can move. */
	List<String> targets() {
		boolean mayMove = areReachable() && allowMoves();
		return !mayMove ? List.of()
				: this.nodes.others()
					.stream()
					.filter((node) -> node.gateway() && !node.leaving() && this.nodes.isReachable(node.id()))
					.map(Node::id)
					.toList();
	}

	/** Returns the ids of all nodes, also of this one. */
	List<String> all() {
		return this.nodes.all().stream().map(Node::id).toList();
	}

	/** Returns the maximum length of a part of a session. */
	int maxPart() {
		return (int) Math.min(MAX_PART, this.peers.maxPayload() / 2);
	}

	/** Returns whether a node has the serializer of payloads. */
	boolean reads(String node, Payloads payloads) {
		String form = payloads.form();
		return form != null && this.nodes.find(node).filter((found) -> found.serializers().contains(form)).isPresent();
	}

	/** Reports the end of a session to a node with a copy of it. */
	void reportLost(String node, long session) {
		if (!node.equals(self())) {
			this.peers.to(node).send(new SessionClosed(session, CloseReason.SESSION_LOST));
		}
	}

	void send(String node, HandoverFrame frame) {
		if (node.equals(self())) {
			frame.deliver(node, this.here);
		}
		else {
			this.peers.to(node).send(frame);
		}
	}

}
