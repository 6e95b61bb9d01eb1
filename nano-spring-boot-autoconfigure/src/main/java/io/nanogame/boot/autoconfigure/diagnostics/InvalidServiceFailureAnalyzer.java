package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.spring.service.InvalidServiceException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a bean that implements a service and cannot be offered.
 */
final class InvalidServiceFailureAnalyzer extends AbstractFailureAnalyzer<InvalidServiceException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidServiceException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Change bean '%s' or the interface of its service.".formatted(cause.bean()), cause);
	}

}
