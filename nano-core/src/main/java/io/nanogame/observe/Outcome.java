package io.nanogame.observe;

/**
 * How the handling of a message ended.
 */
public enum Outcome {

	/** The handler returned, or its result completed. */
	SUCCESS,

	/**
	 * The handler answered with an error on purpose, or the message was not fit for it.
	 */
	REFUSED,

	/** The handler failed. */
	FAILED,

	/**
	 * The handler took too long. Noted when its time was over, and not again when it
	 * ends.
	 */
	TIMED_OUT

}
