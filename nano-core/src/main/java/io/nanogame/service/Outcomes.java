package io.nanogame.service;

import java.util.concurrent.CancellationException;

import io.nanogame.observe.CallOutcome;
import org.jspecify.annotations.Nullable;

/** The outcomes of calls for their observers. */
final class Outcomes {

	private Outcomes() {
	}

	static CallOutcome of(@Nullable RuntimeException failure) {
		if (failure == null) {
			return CallOutcome.SUCCESS;
		}
		if (failure instanceof CancellationException) {
			return CallOutcome.CANCELLED;
		}
		if (!(failure instanceof ServiceException expected)) {
			return CallOutcome.FAILED;
		}
		return switch (expected.code()) {
			case ServiceException.NOT_THERE -> CallOutcome.NOT_THERE;
			case ServiceException.NO_ANSWER -> CallOutcome.NO_ANSWER;
			case ServiceException.FAILED, ServiceException.CYCLE -> CallOutcome.FAILED;
			default -> CallOutcome.REFUSED;
		};
	}

}
