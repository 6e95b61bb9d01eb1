package io.nanogame.boot.autoconfigure.actuate;

import java.util.List;
import java.util.Set;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.node.Node;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The cluster as this node sees it, at {@code /actuator/nanocluster}. Numbers and the
 * names that operators and code have given; no player, no address, no credentials.
 */
@Endpoint(id = "nanocluster")
public final class NanoClusterEndpoint {

	private final ClusterNode cluster;

	public NanoClusterEndpoint(ClusterNode cluster) {
		this.cluster = cluster;
	}

	/**
	 * Looks at the cluster. Any thread.
	 * @return what this node knows right now; of the others what they said last
	 */
	@ReadOperation
	public ClusterDescriptor nanoCluster() {
		String self = this.cluster.nodes().self().id();
		return new ClusterDescriptor(this.cluster.link().isConnected() ? "connected" : "disconnected",
				this.cluster.nodes()
					.all()
					.stream()
					.map((node) -> NodeDescriptor.of(node, node.id().equals(self)))
					.toList());
	}

	/**
	 * The cluster.
	 *
	 * @param connection {@code connected} or {@code disconnected}: whether this node
	 * reaches the others
	 * @param nodes all nodes, this one too, by their ids
	 */
	public record ClusterDescriptor(String connection, List<NodeDescriptor> nodes) implements OperationResponseBody {
	}

	/**
	 * A node.
	 *
	 * @param id unique, another one after each start
	 * @param name what its operator calls it, by default as the app
	 * @param label what kind of node it is; may be empty
	 * @param self whether it is the one that answers
	 * @param gateway whether it serves clients
	 * @param leaving whether it stops, and takes no new sessions
	 * @param sessions how many sessions it serves, its own and those of other nodes
	 * @param components whose routes it handles
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
