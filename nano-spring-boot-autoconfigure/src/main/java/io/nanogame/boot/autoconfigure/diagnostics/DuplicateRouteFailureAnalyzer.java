package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.route.DuplicateRouteException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Clients call a route and two handlers feel meant.
 */
final class DuplicateRouteFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateRouteException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateRouteException cause) {
		return new FailureAnalysis(
				"The route '%s' has two handlers:%n%n    - %s%n    - %s".formatted(cause.route(), cause.first(),
						cause.second()),
				"Rename one of the methods, or give one of them a route of its own: @Handler(\"component.method\").",
				cause);
	}

}
