package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.server.UnauthenticatedProtocolException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A protocol that would be a way around the login.
 */
final class UnauthenticatedProtocolFailureAnalyzer extends AbstractFailureAnalyzer<UnauthenticatedProtocolException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnauthenticatedProtocolException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Take '%s' out of '%s', or set '%s' to true. The validators are still called, for clients that "
					.formatted(cause.protocol(), ListenerKeys.of(cause.listener(), "protocols"),
							ListenerKeys.of(cause.listener(), "allow-unauthenticated"))
						+ "offer nothing but their address and the query of a WebSocket.",
				cause);
	}

}
