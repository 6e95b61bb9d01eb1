package io.nanogame.node;

/**
 * Follows the other nodes. Called on a worker thread, one event after the other. May
 * block; later events wait for that. An exception is logged.
 */
public interface NodeListener {

	/**
	 * A node was seen for the first time.
	 * @param node what it says of itself
	 */
	default void up(Node node) {
	}

	/**
	 * A node has stopped, died, or cannot be reached.
	 * @param node what it last said of itself
	 */
	default void down(Node node) {
	}

	/**
	 * A node says something else of itself: it leaves, it offers other services.
	 * @param before what it said
	 * @param now what it says
	 */
	default void changed(Node before, Node now) {
	}

}
