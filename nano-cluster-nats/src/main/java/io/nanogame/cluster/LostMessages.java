package io.nanogame.cluster;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.cluster.backend.Backend;
import io.nanogame.cluster.frame.PeerReconnected;
import io.nanogame.cluster.gateway.Router;
import io.nanogame.cluster.group.ClusterGroups;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.user.ClusterUsers;

/**
 * Compares the state of this node with that of other nodes when messages between them may
 * be lost. Thread-safe.
 *
 * @param peers the other nodes
 * @param router the sessions of this node
 * @param backend the sessions of other nodes
 * @param groups the groups
 * @param users the players
 * @param nodes the nodes of which messages are lost
 */
record LostMessages(Peers peers, Router router, Backend backend, ClusterGroups groups, ClusterUsers users,
		Set<String> nodes) {

	LostMessages(Peers peers, Router router, Backend backend, ClusterGroups groups, ClusterUsers users) {
		this(peers, router, backend, groups, users, ConcurrentHashMap.newKeySet());
	}

	/** Messages of a node are lost. */
	void noticed(String node) {
		this.nodes.add(node);
	}

	/**
	 * Compares the state with the nodes of which messages are lost. Called periodically,
	 * because many messages may be lost, also those of a comparison.
	 */
	void compareNoticed() {
		for (String node : this.nodes) {
			this.nodes.remove(node);
			// The other node compares, too: the lost message may have been its query.
			this.peers.to(node).send(new PeerReconnected());
			compare(node);
		}
	}

	/** Compares the state with a node that may not have received messages of this one. */
	void compare(String node) {
		this.router.peerReconnected(node);
		this.backend.peerReconnected(node);
		this.groups.peerReconnected(node);
	}

	/** Compares the state with all nodes, because this one was disconnected. */
	void compareAll() {
		this.router.reconnected();
		this.backend.reconnected();
		this.groups.reconnected();
		this.users.reconnected();
	}

}
