package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.connection.UnsuitableListenerException;
import io.nanogame.net.Listener;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a protocol on a port that cannot serve it.
 */
final class UnsuitableListenerFailureAnalyzer extends AbstractFailureAnalyzer<UnsuitableListenerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsuitableListenerException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Change '%s', or serve '%s' on a port of its own below 'nano.listeners'."
					.formatted(Listener.key(cause.listener(), cause.setting()), cause.protocol()),
				cause);
	}

}
