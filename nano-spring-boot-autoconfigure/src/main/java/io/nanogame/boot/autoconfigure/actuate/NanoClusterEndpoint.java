package io.nanogame.boot.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.node.Node;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The cluster as seen by this node, at {@code /actuator/nanocluster}: its nodes, any
 * session at {@code /sessions/{id}}, and the drain of this node at {@code /drain}.
 * Contains counts and configured names, but no players, addresses or credentials. A drain
 * can only be begun and undone if the access to the endpoint is unrestricted.
 */
@Endpoint(id = "nanocluster", defaultAccess = Access.READ_ONLY)
public final class NanoClusterEndpoint {

	private static final String SESSIONS = "sessions";

	private static final String DRAIN = "drain";

	/** The maximum time until the event loop of a session replies. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final ClusterNode cluster;

	private final ClusterReadiness readiness;

	NanoClusterEndpoint(ClusterNode cluster, ClusterReadiness readiness) {
		this.cluster = cluster;
		this.readiness = readiness;
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
	 * Returns what this node knows of a session of the cluster. Thread-safe; blocks for
	 * up to two seconds while the event loop of the session is busy.
	 * @param part {@code sessions}
	 * @param id the id of the session
	 * @return a snapshot; null if there is no such session, or another part is requested
	 * @throws java.util.concurrent.CompletionException when the event loop does not reply
	 */
	@ReadOperation
	public @Nullable ClusterSession session(@Selector String part, @Selector long id) {
		if (!part.equals(SESSIONS)) {
			return null;
		}
		return this.cluster.locator()
			.find(id)
			.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
			.join()
			.map((location) -> ClusterSession.of(location, this.cluster.nodes()))
			.orElse(null);
	}

	/**
	 * Returns the progress of the drain of this node. Thread-safe.
	 * @param part {@code drain}
	 * @return a snapshot; null if another part is requested
	 */
	@ReadOperation
	public @Nullable ClusterDrain progress(@Selector String part) {
		return part.equals(DRAIN) ? progress() : null;
	}

	/**
	 * Begins the drain of this node: the readiness of the app changes to refusing
	 * traffic, other nodes send their messages and calls elsewhere, and the clients of
	 * this node leave it for other gateways. Has no effect if it has begun. Thread-safe;
	 * blocks for a moment.
	 * @param part {@code drain}
	 * @return the progress
	 * @throws InvalidEndpointRequestException if another part is requested
	 */
	@WriteOperation
	public ClusterDrain begin(@Selector String part) {
		checkDrain(part);
		this.readiness.refuse();
		this.cluster.drain().begin();
		return progress();
	}

	/**
	 * Undoes the drain of this node. Has no effect if there is none. Thread-safe.
	 * @param part {@code drain}
	 * @return the progress
	 * @throws InvalidEndpointRequestException if the app stops, or another part is
	 * requested
	 */
	@DeleteOperation
	public ClusterDrain undo(@Selector String part) {
		checkDrain(part);
		if (!this.cluster.drain().undo()) {
			String reason = "The app stops, so its drain cannot be undone";
			throw new InvalidEndpointRequestException(reason, reason);
		}
		this.readiness.accept();
		return progress();
	}

	private ClusterDrain progress() {
		return ClusterDrain.of(this.cluster.drain().progress());
	}

	private static void checkDrain(String part) {
		if (!part.equals(DRAIN)) {
			String reason = "Only the drain can be begun and undone";
			throw new InvalidEndpointRequestException(reason, reason);
		}
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
	 * @param leaving whether it stops or is drained, and accepts no new sessions
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
