package io.nanogame.server;

/**
 * What a part of the game may want to do when the server starts and stops. All methods
 * are called on the thread that starts or stops the server, and may block.
 */
public interface ComponentLifecycle {

	/** Before anything else, in the order of registration. */
	default void init() {
	}

	/** When all are initialised, before clients can connect, in the same order. */
	default void afterInit() {
	}

	/** While clients are still connected, in reverse order. */
	default void beforeShutdown() {
	}

	/** When all clients are gone, in reverse order. */
	default void shutdown() {
	}

}
