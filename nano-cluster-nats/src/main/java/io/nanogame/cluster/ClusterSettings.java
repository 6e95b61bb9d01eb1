package io.nanogame.cluster;

import java.time.Duration;
import java.util.Map;

import io.nanogame.cluster.node.MembershipSettings;
import io.nanogame.cluster.peer.Versions;

/**
 * The settings of a node of a cluster.
 *
 * @param cluster the name of the cluster; nodes of other clusters on the same NATS server
 * are not seen
 * @param name what this node is called, need not be unique
 * @param label what kind of node it is, for those who route; may be empty
 * @param metadata what else there is to know of it
 * @param membership heartbeat and patience
 * @param requestTimeout how long a client's request may take on another node
 * @param versions the versions of the format of messages
 */
public record ClusterSettings(String cluster, String name, String label, Map<String, String> metadata,
		MembershipSettings membership, Duration requestTimeout, Versions versions) {

	/**
	 * Creates settings with the versions of this implementation.
	 * @param cluster the name of the cluster
	 * @param name the name of this node
	 * @param label its label; may be empty
	 * @param metadata its metadata
	 * @param membership heartbeat and patience
	 * @param requestTimeout the time-out of requests on other nodes
	 */
	public ClusterSettings(String cluster, String name, String label, Map<String, String> metadata,
			MembershipSettings membership, Duration requestTimeout) {
		this(cluster, name, label, metadata, membership, requestTimeout, Versions.OWN);
	}

}
