package io.nanogame.node;

import java.util.Map;
import java.util.Set;

/**
 * A server of the cluster, as it describes itself.
 *
 * @param id unique among all nodes that run; another one after each start
 * @param name what it was called by its operator, not unique
 * @param label what kind of node it is, for those who route; may be empty
 * @param metadata what its operator says of it
 * @param components the components whose routes it handles for others
 * @param services the names of services it offers
 * @param gateway whether it serves clients
 * @param leaving whether it stops, and takes no new sessions
 * @param sessions how many sessions it serves, its own and those of other nodes
 */
public record Node(String id, String name, String label, Map<String, String> metadata, Set<String> components,
		Set<String> services, boolean gateway, boolean leaving, int sessions) {

	@Override
	public String toString() {
		return "Node[" + this.id + "]";
	}

}
