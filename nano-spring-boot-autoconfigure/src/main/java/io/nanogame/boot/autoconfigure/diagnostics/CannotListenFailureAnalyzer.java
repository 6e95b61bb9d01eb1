package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.net.CannotListenException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * An address of another machine, or a port that needs privileges.
 */
final class CannotListenFailureAnalyzer extends AbstractFailureAnalyzer<CannotListenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, CannotListenException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Set '%s' to an address of this machine, or leave it out to listen on all of them. "
					.formatted(ListenerKeys.of(cause.listener(), "address"))
						+ "Ports below 1024 may need privileges: choose another with '%s'."
							.formatted(ListenerKeys.of(cause.listener(), "port")),
				cause);
	}

}
