package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.lengthid.InvalidMessageIdException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes an invalid id of a handler or a push.
 */
final class InvalidMessageIdFailureAnalyzer extends AbstractFailureAnalyzer<InvalidMessageIdException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidMessageIdException cause) {
		return new FailureAnalysis("The ids of the protocol length-id are not valid. " + cause.getMessage() + ".",
				"Set ids in '%s', by route, or at @Handler(id = …). Each handler, each push and the errors need an id of their own."
					.formatted(cause.key()),
				cause);
	}

}
