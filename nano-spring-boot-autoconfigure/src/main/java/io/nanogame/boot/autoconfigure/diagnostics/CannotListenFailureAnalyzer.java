package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.net.CannotListenException;
import io.nanogame.net.Listener;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes an address of another machine, or a port that needs privileges.
 */
final class CannotListenFailureAnalyzer extends AbstractFailureAnalyzer<CannotListenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, CannotListenException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Set '%s' to an address of this machine, or remove it to listen on all addresses. "
					.formatted(Listener.key(cause.listener(), "address"))
						+ "Ports below 1024 may need privileges: choose another port with '%s'."
							.formatted(Listener.key(cause.listener(), "port")),
				cause);
	}

}
