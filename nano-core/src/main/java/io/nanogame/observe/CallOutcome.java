package io.nanogame.observe;

/**
 * The outcome of a call of a service, for the caller.
 */
public enum CallOutcome {

	/** The service returned a result. */
	SUCCESS,

	/** The service rejected the call deliberately. */
	REFUSED,

	/** The service failed. */
	FAILED,

	/** No reply was received: the time-out elapsed, or the service's node is gone. */
	NO_ANSWER,

	/** No instance was available to accept the call. */
	NOT_THERE,

	/** The caller cancelled the call. */
	CANCELLED;

}
