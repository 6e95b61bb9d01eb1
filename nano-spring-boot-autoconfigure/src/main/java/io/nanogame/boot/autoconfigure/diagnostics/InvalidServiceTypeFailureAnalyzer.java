package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.service.InvalidServiceTypeException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes an interface that cannot be a service.
 */
final class InvalidServiceTypeFailureAnalyzer extends AbstractFailureAnalyzer<InvalidServiceTypeException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidServiceTypeException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", """
				Change %s. A service is an interface with @NanoService and a name. Its methods differ in their names, \
				none is default, and each returns:
				- void: it is sent, and nothing is waited for;
				- a CompletionStage or a Mono of something: it is requested, and the answer comes later;
				- any other type: the thread waits for the result.""".formatted(cause.type().getName()), cause);
	}

}
