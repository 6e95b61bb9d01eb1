package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.net.Listener;
import io.nanogame.server.UnauthenticatedProtocolException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a protocol without authentication beside handshake validators.
 */
final class UnauthenticatedProtocolFailureAnalyzer extends AbstractFailureAnalyzer<UnauthenticatedProtocolException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnauthenticatedProtocolException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Remove it from '%s', or set '%s' to true. The validators are still called, but these clients "
					.formatted(Listener.key(cause.listener(), "protocols"),
							Listener.key(cause.listener(), "allow-unauthenticated"))
						+ "send no data except their address and the query of a WebSocket.",
				cause);
	}

}
