package io.nanogame.boot.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a Spring Boot that is too old.
 */
final class UnsupportedBootFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedBootException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedBootException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Set the version of spring-boot-starter-parent, or of the Spring Boot plugin, to %s or newer."
					.formatted(SupportedBoot.OLDEST),
				cause);
	}

}
