package io.nanogame.node;

/**
 * Hears of the other nodes. Called one event after the other; must not block. An
 * exception is logged.
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
