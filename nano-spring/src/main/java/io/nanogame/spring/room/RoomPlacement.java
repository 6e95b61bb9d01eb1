package io.nanogame.spring.room;

import java.util.List;

import io.nanogame.node.Node;
import io.nanogame.node.NodeSelectors;
import tools.jackson.databind.JsonNode;

/**
 * Selects the node of each new room, and of each room that leaves a drained node. A bean
 * replaces the {@link #LEAST_SESSIONS default}. Called on the node that creates or moves
 * the room, on any thread, concurrently; must not block.
 */
@FunctionalInterface
public interface RoomPlacement {

	/** Of two random nodes, that with fewer sessions. */
	RoomPlacement LEAST_SESSIONS = (kind, options, candidates) -> NodeSelectors.leastSessions().select(candidates);

	/**
	 * Selects a node. If it fails, the default selects one.
	 * @param kind the kind of the room
	 * @param options the options of the room; an empty object if there are none
	 * @param candidates the nodes that have the kind and are not drained: at least one;
	 * perhaps also this node
	 * @return one of the candidates
	 */
	Node select(String kind, JsonNode options, List<Node> candidates);

}
