package io.nanogame.spring.match;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The nodes of the cluster, as the matchmaker calls them. Thread-safe. Stages of calls
 * complete on any thread, and always within a few seconds.
 */
interface MatchNodes {

	/** Returns the id of this node. */
	String self();

	/** Returns the ids of the nodes with clients, perhaps with this one. */
	List<String> gateways();

	/** Returns whether a node can be called: not while it is drained. */
	boolean accepts(String node);

	/** Returns the tickets of a node. */
	TicketDesk tickets(String node);

	/** Sends to the tickets of all nodes. */
	TicketDesk allTickets();

	/**
	 * Finds the node that matches the players of a queue: the same on all nodes.
	 * @param queue its name
	 * @return fails with 404 when no node has the queue
	 */
	CompletionStage<Owner> owner(String queue);

	/**
	 * The owner of a queue.
	 *
	 * @param queue the queue
	 * @param node the id of the node
	 * @param desk its queues
	 */
	record Owner(QueueInfo queue, String node, QueueDesk desk) {
	}

}
