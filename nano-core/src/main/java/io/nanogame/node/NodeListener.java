package io.nanogame.node;

/**
 * Receives events of the other nodes. Called on a worker thread, one event after the
 * other. May block, which delays later events. Exceptions are logged.
 */
public interface NodeListener {

	/**
	 * Called when a node is seen for the first time.
	 * @param node its description
	 */
	default void up(Node node) {
	}

	/**
	 * Called when a node has stopped, crashed, or become unreachable.
	 * @param node its last description
	 */
	default void down(Node node) {
	}

	/**
	 * Called when the description of a node changes, for example when it is leaving or
	 * offers other services.
	 * @param before its last description
	 * @param now its new description
	 */
	default void changed(Node before, Node now) {
	}

}
