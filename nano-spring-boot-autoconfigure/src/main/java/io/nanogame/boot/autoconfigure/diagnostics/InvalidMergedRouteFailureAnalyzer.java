package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.boot.autoconfigure.InvalidMergedRouteException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a merged route that a serializer cannot write.
 */
final class InvalidMergedRouteFailureAnalyzer extends AbstractFailureAnalyzer<InvalidMergedRouteException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidMergedRouteException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", cause.action(), cause);
	}

}
