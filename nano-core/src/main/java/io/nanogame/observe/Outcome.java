package io.nanogame.observe;

/**
 * The outcome of the handling of a message.
 */
public enum Outcome {

	/** The handler returned, or its result completed. */
	SUCCESS,

	/**
	 * The handler rejected the message deliberately, or the message was invalid.
	 */
	REFUSED,

	/** The handler failed. */
	FAILED,

	/**
	 * The handler exceeded the time-out. Reported when the time-out elapses, and not
	 * again when the handler ends.
	 */
	TIMED_OUT

}
