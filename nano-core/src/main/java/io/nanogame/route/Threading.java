package io.nanogame.route;

/**
 * Where a handler starts.
 */
public enum Threading {

	/** On the lane of its component, else that of its session: it may block. */
	LANE,

	/** On the session's event loop: it never blocks. */
	EVENT_LOOP

}
