package io.nanogame.service;

import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

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

	static CallOutcome of(@Nullable Throwable failure) {
		if (failure == null) {
			return SUCCESS;
		}
		if (failure instanceof CancellationException) {
			return CANCELLED;
		}
		if (!(failure instanceof ServiceException expected)) {
			return FAILED;
		}
		return switch (expected.code()) {
			case ServiceException.NOT_THERE -> NOT_THERE;
			case ServiceException.NO_ANSWER -> NO_ANSWER;
			case ServiceException.FAILED -> FAILED;
			default -> REFUSED;
		};
	}

}
