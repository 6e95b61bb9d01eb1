package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.net.AmbiguousListenerException;
import io.nanogame.net.Listener;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a listener that serves clients which it could not distinguish.
 */
final class AmbiguousListenerFailureAnalyzer extends AbstractFailureAnalyzer<AmbiguousListenerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, AmbiguousListenerException cause) {
		String listener = cause.listener();
		return new FailureAnalysis(cause.getMessage() + ".",
				"Serve it on a port of its own below 'nano.listeners': name no other protocol in '%s', set '%s' or '%s' to false, and leave out '%s'."
					.formatted(Listener.key(listener, "protocols"), Listener.key(listener, "websocket.enabled"),
							Listener.key(listener, "tcp.enabled"), Listener.key(listener, "ssl.allow-plain-text")),
				cause);
	}

}
