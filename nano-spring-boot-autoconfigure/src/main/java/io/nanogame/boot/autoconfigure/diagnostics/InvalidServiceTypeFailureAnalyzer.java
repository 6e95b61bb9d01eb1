package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.service.InvalidServiceTypeException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * An interface that cannot be a service, whoever calls or offers it.
 */
final class InvalidServiceTypeFailureAnalyzer extends AbstractFailureAnalyzer<InvalidServiceTypeException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidServiceTypeException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", """
				Change %s. A service is an interface with @NanoService and a name. Its methods differ in their names, \
				none is default, and each returns:
				- void: it is sent, and nothing is waited for;
				- a CompletionStage or a Mono of something: it is requested, and the answer comes later;
				- anything else: it is called, and the thread waits for the answer."""
			.formatted(cause.type().getName()), cause);
	}

}
