package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.spring.InvalidHandlerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A method with {@code @Handler} that cannot be one.
 */
final class InvalidHandlerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHandlerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidHandlerException cause) {
		return new FailureAnalysis(cause.getMessage(), "Change the method %s.%s, or take its @Handler away."
			.formatted(cause.method().getDeclaringClass().getName(), cause.method().getName()), cause);
	}

}
