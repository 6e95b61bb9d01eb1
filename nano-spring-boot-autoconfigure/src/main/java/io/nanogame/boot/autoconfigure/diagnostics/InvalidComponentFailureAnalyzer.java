package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.spring.InvalidComponentException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a bean with {@code @GameComponent} that cannot be a component.
 */
final class InvalidComponentFailureAnalyzer extends AbstractFailureAnalyzer<InvalidComponentException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidComponentException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", action(cause), cause);
	}

	private static String action(InvalidComponentException cause) {
		return cause.isScope()
				? "Remove the @Scope of bean '%s', or add proxyMode = ScopedProxyMode.TARGET_CLASS to it."
					.formatted(cause.bean())
				: "Give the placeholder a value, or a default: @GameComponent(\"${key:default}\").";
	}

}
