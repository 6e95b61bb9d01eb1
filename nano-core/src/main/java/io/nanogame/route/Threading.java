package io.nanogame.route;

/**
 * Where a handler runs.
 */
public enum Threading {

	/** On the lane of its component, otherwise on that of its session. It may block. */
	LANE,

	/** On the session's event loop. It must not block. */
	EVENT_LOOP

}
