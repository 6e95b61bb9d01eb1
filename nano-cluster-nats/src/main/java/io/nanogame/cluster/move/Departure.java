package io.nanogame.cluster.move;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A session that has moved from this node to another one, to which pushes are passed on.
 * Thread-safe.
 *
 * @param to the id of the new owner
 * @param epoch the number of the moves of the session
 * @param ended the nodes that send no more pushes for the session
 */
record Departure(String to, long epoch, Set<String> ended) {

	Departure(String to, long epoch) {
		this(to, epoch, ConcurrentHashMap.newKeySet());
	}

}
