package io.nanogame.boot.autoconfigure.actuate;

import java.util.List;
import java.util.Set;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.node.Node;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The cluster as seen by this node, at {@code /actuator/nanocluster}. Contains counts and
 * configured names, but no players, addresses or credentials.
 */
@Endpoint(id = "nanocluster")
public final class NanoClusterEndpoint {

	private final ClusterNode cluster;

	public NanoClusterEndpoint(ClusterNode cluster) {
		this.cluster = cluster;
	}

	/**
	 * Returns the state of the cluster. Thread-safe.
	 * @return the current state of this node, and the last reported state of the others
	 */
	@ReadOperation
	public ClusterDescriptor nanoCluster() {
		String self = this.cluster.nodes().self().id();
		return new ClusterDescriptor(this.cluster.bus().isConnected() ? "connected" : "disconnected",
				this.cluster.nodes()
					.all()
					.stream()
					.map((node) -> NodeDescriptor.of(node, node.id().equals(self)))
					.toList());
	}

	/**
	 * The cluster.
	 *
	 * @param connection {@code connected} or {@code disconnected}: whether this node is
	 * connected to NATS
	 * @param nodes all nodes, including this one, by id
	 */
	public record ClusterDescriptor(String connection, List<NodeDescriptor> nodes) implements OperationResponseBody {
	}

	/**
	 * A node.
	 *
	 * @param id the unique id, which changes with each start
	 * @param name the configured name, by default that of the app
	 * @param label the kind of node; may be empty
	 * @param self whether it is this node
	 * @param gateway whether it serves clients
	 * @param leaving whether it stops, and accepts no new sessions
	 * @param sessions the number of sessions it serves, its own and those of other nodes
	 * @param components the components whose routes it handles
	 * @param services the names of services it offers
	 */
	public record NodeDescriptor(String id, String name, String label, boolean self, boolean gateway, boolean leaving,
			int sessions, Set<String> components, Set<String> services) {

		static NodeDescriptor of(Node node, boolean self) {
			return new NodeDescriptor(node.id(), node.name(), node.label(), self, node.gateway(), node.leaving(),
					node.sessions(), node.components(), node.services());
		}

	}

}
