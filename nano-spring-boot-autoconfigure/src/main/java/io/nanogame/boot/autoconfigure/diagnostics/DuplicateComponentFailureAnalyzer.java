package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.spring.DuplicateComponentException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes two components with the same name.
 */
final class DuplicateComponentFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateComponentException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateComponentException cause) {
		return new FailureAnalysis(
				"There are two game components named '%s':%n%n    - %s%n    - %s".formatted(cause.component(),
						cause.first(), cause.second()),
				"Give one of them another name: @GameComponent(\"name\").", cause);
	}

}
