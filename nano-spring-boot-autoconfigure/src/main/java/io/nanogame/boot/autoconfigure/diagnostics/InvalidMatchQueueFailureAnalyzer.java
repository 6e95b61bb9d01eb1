package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.spring.match.InvalidMatchQueueException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a class that cannot be a queue.
 */
final class InvalidMatchQueueFailureAnalyzer extends AbstractFailureAnalyzer<InvalidMatchQueueException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidMatchQueueException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Change the class %s, or its @MatchQueue.".formatted(cause.type().getSimpleName()), cause);
	}

}
