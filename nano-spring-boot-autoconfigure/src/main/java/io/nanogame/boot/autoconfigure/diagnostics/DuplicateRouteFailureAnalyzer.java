package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.route.DuplicateRouteException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a route with two handlers.
 */
final class DuplicateRouteFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateRouteException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateRouteException cause) {
		return new FailureAnalysis(
				"The route '%s' has two handlers:%n%n    - %s%n    - %s".formatted(cause.route(), cause.first(),
						cause.second()),
				"Rename one of the methods, or give one of them another route: @Handler(\"component.method\").", cause);
	}

}
