package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.net.Listener;
import io.nanogame.net.PortInUseException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a game port that is already in use.
 */
final class PortInUseFailureAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
		return new FailureAnalysis(
				"The game server could not listen on port %d: it is already in use.".formatted(cause.port()),
				"Stop the program that listens there (perhaps another instance of this app), or set another port with "
						+ "'%s'; 0 means any free port.".formatted(Listener.key(cause.listener(), "port")),
				cause);
	}

}
