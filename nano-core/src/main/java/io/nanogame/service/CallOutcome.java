package io.nanogame.service;

import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

/**
 * How a call of a service ended, for the caller.
 */
public enum CallOutcome {

	/** There is an answer. */
	SUCCESS,

	/** The service refused it on purpose. */
	REFUSED,

	/** The service failed. */
	FAILED,

	/** There was no answer: not in time, or its node is gone. */
	NO_ANSWER,

	/** Nobody was there to take it. */
	NOT_THERE,

	/** The caller waits no longer. */
	CANCELLED;

	static CallOutcome of(@Nullable Throwable failure) {
		if (failure == null) {
			return SUCCESS;
		}
		if (failure instanceof CancellationException) {
			return CANCELLED;
		}
		if (!(failure instanceof ServiceException refusal)) {
			return FAILED;
		}
		return switch (refusal.code()) {
			case ServiceException.NOT_THERE -> NOT_THERE;
			case ServiceException.NO_ANSWER -> NO_ANSWER;
			case ServiceException.FAILED -> FAILED;
			default -> REFUSED;
		};
	}

}
