package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.boot.autoconfigure.SecretValueException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Analyzes an invalid value like Boot's own analyzer, which must not run first, but
 * without the value.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecretValueFailureAnalyzer extends AbstractFailureAnalyzer<SecretValueException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SecretValueException cause) {
		return new FailureAnalysis(
				"Invalid value '%s' for configuration property '%s'. Validation failed for the following reason:%n%n%s"
					.formatted(cause.getValue(), cause.getName(), cause.getReason()),
				"Review the value of the property with the provided reason.", cause);
	}

}
