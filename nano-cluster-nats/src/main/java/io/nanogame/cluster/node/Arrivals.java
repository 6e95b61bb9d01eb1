package io.nanogame.cluster.node;

import java.time.Duration;

/**
 * The other nodes that a starting node discovers.
 */
final class Arrivals {

	/** After this time without a new node, all are assumed to be known. */
	private static final Duration QUIET = Duration.ofMillis(200);

	private Arrivals() {
	}

	/** Blocks until no new node appears. Does not wait for very slow ones. */
	static void await(ClusterNodes nodes) {
		try {
			int before;
			do {
				before = nodes.ids().size();
				Thread.sleep(QUIET.toMillis());
			}
			while (nodes.ids().size() > before);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
