package io.nanogame.session;

/**
 * What the uid of a session affects.
 */
enum LoginPhase {

	/** In its handshake: other sessions are not affected by its uid. */
	CANDIDATE,

	/** Stands for a session of another server, and is not found by its uid. */
	UNLISTED,

	OPEN,

	/** Its client continues another session. */
	LEFT,

	CLOSED;

	/** Returns whether changes of the uid have an effect on other sessions. */
	boolean counts() {
		return this == OPEN || this == UNLISTED;
	}

}
