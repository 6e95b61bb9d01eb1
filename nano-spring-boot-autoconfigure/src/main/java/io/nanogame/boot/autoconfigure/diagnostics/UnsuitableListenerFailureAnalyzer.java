package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.connection.UnsuitableListenerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a protocol on a port that cannot serve it.
 */
final class UnsuitableListenerFailureAnalyzer extends AbstractFailureAnalyzer<UnsuitableListenerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsuitableListenerException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Serve '%s' on a port of its own: 'nano.listeners.<name>.protocols: %s', with WebSockets enabled."
					.formatted(cause.protocol(), cause.protocol()),
				cause);
	}

}
