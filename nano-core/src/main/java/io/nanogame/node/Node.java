package io.nanogame.node;

import java.util.Map;
import java.util.Set;

/**
 * A server of the cluster, as it describes itself.
 *
 * @param id unique among all running nodes; different after each start
 * @param name the name given by its operator, not unique
 * @param label the kind of node, for routing strategies; may be empty
 * @param metadata further properties given by its operator
 * @param components the components whose routes it handles for other nodes
 * @param services the names of the services it offers
 * @param serializers the forms of payloads that it reads and writes for sessions of other
 * nodes: names of serializers, and {@code json-text} for protocols whose messages are
 * JSON text
 * @param clientSerializers the forms of payloads that its clients have used, besides that
 * of the serializer that all nodes have in common
 * @param gateway whether it serves clients
 * @param leaving whether it is stopping or drained, and accepts no new sessions
 * @param sessions the number of sessions it serves, its own and those of other nodes
 */
public record Node(String id, String name, String label, Map<String, String> metadata, Set<String> components,
		Set<String> services, Set<String> serializers, Set<String> clientSerializers, boolean gateway, boolean leaving,
		int sessions) {

	@Override
	public String toString() {
		return "Node[" + this.id + "]";
	}

}
