package io.nanogame.boot.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.nanogame.cluster.SessionLocation;
import io.nanogame.cluster.gateway.SessionRoutes.Destination;
import io.nanogame.node.Node;
import io.nanogame.node.Nodes;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A session of the cluster, without any data of its client.
 *
 * @param id the id of the session
 * @param state {@code open}: its client is connected to this node; {@code closing}: it
 * was, and other nodes handle its last messages; {@code copied}: its client is connected
 * to another node, for which this one handles messages; {@code elsewhere}: only the
 * gateway knows whether it is open
 * @param gateway the node to which the client is connected, which knows more
 * @param messages the messages that are queued, handled or forwarded by this node; null
 * if it does not know
 * @param version the number of changes of its state that this node has made or received,
 * since several nodes know the session; null if it does not know
 * @param components the ids of the nodes of its components; on the gateway only
 * @param nodes the nodes that have a copy of its state; on the gateway only
 */
public record ClusterSession(long id, String state, Gateway gateway, @Nullable Integer messages, @Nullable Long version,
		@Nullable Map<String, String> components, @Nullable List<Copy> nodes) implements OperationResponseBody {

	static ClusterSession of(SessionLocation location, Nodes nodes) {
		SessionLocation.State state = location.state();
		boolean isGateway = state == SessionLocation.State.OPEN || state == SessionLocation.State.CLOSING;
		return new ClusterSession(location.id(), Labels.of(state), Gateway.of(location.gateway(), nodes),
				location.messages(), (state != SessionLocation.State.ELSEWHERE) ? location.routes().version() : null,
				isGateway ? location.routes().components() : null,
				isGateway ? location.routes().nodes().stream().map((copy) -> Copy.of(copy, nodes)).toList() : null);
	}

	private static @Nullable String nameOf(String id, Nodes nodes) {
		return nodes.all().stream().filter((node) -> node.id().equals(id)).findFirst().map(Node::name).orElse(null);
	}

	/**
	 * The node to which the client is connected.
	 *
	 * @param id its id
	 * @param name its name; null if it is down
	 * @param self whether it is this node
	 */
	public record Gateway(String id, @Nullable String name, boolean self) {

		static Gateway of(String id, Nodes nodes) {
			return new Gateway(id, nameOf(id, nodes), nodes.self().id().equals(id));
		}

	}

	/**
	 * A node that has a copy of the state.
	 *
	 * @param id its id
	 * @param name its name; null if it is down
	 * @param messages the messages that were forwarded there and are not completed
	 * @param oldest the time since the first of these was sent; null if there is none
	 */
	public record Copy(String id, @Nullable String name, int messages, @Nullable Duration oldest) {

		static Copy of(Destination copy, Nodes nodes) {
			return new Copy(copy.node(), nameOf(copy.node(), nodes), copy.messages(),
					(copy.messages() > 0) ? copy.oldest() : null);
		}

	}

}
