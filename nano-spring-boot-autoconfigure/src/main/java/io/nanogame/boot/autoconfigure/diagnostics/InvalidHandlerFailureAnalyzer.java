package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.spring.InvalidHandlerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a method with {@code @Handler} that cannot be a handler.
 */
final class InvalidHandlerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHandlerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidHandlerException cause) {
		return new FailureAnalysis(cause.getMessage(), "Change the method %s.%s, or remove its @Handler."
			.formatted(cause.method().getDeclaringClass().getName(), cause.method().getName()), cause);
	}

}
