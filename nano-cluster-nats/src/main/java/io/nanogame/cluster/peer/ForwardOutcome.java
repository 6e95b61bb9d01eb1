package io.nanogame.cluster.peer;

/**
 * How a request ended that was forwarded to another node.
 */
public enum ForwardOutcome {

	/** It was answered with a result. */
	SUCCESS,

	/** It was answered with an error. */
	ERROR,

	/** It was not answered in time. */
	TIMED_OUT,

	/** The node has gone, lost the session, or was not needed any more. */
	LOST

}
