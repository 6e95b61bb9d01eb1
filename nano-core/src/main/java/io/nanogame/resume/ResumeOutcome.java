package io.nanogame.resume;

/**
 * What has become of a session whose connection was cut, or of a client that has asked
 * for a session.
 */
public enum ResumeOutcome {

	/** The client has resumed the session. */
	RESUMED,

	/** The player has logged in again, and continues the session with another client. */
	CONTINUED,

	/**
	 * Another node continues the session: for its client, which resumes it there, or
	 * because this one stops.
	 */
	MOVED,

	/** The session was closed, because the client did not return within the window. */
	WINDOW_OVER,

	/** The session cannot continue, because too much was not confirmed. */
	OVERFLOW,

	/** The session was closed, because too many sessions or bytes were kept. */
	EVICTED,

	/** The session was closed for another reason, such as a kick by the game. */
	CLOSED,

	/**
	 * No session has the token of a client: it is from another server, or forged, or the
	 * session was closed too long ago.
	 */
	UNKNOWN_TOKEN

}
