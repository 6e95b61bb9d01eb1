package io.nanogame.cluster.peer;

/**
 * Hears of requests that were forwarded to other nodes, once for each, when they are
 * over. Called on event loops; must not block.
 */
@FunctionalInterface
public interface ForwardObserver {

	/**
	 * A request is over.
	 * @param outcome how it ended
	 * @param nanos from when it was sent, in nanoseconds
	 */
	void forwarded(ForwardOutcome outcome, long nanos);

}
