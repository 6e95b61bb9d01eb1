package io.nanogame.server;

/**
 * Callbacks of a game component for the start and the stop of the server. All methods are
 * called on the thread that starts or stops the server, and may block.
 */
public interface ComponentLifecycle {

	/** Initialises the component. Called first, in the order of registration. */
	default void init() {
	}

	/**
	 * Called when all components are initialised and clients cannot connect yet, in the
	 * same order.
	 */
	default void afterInit() {
	}

	/** Called while clients are still connected, in reverse order. */
	default void beforeShutdown() {
	}

	/** Called when all clients are disconnected, in reverse order. */
	default void shutdown() {
	}

}
