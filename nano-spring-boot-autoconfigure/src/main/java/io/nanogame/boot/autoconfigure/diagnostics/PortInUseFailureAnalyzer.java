package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.net.PortInUseException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Another program has the game port.
 */
final class PortInUseFailureAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
		return new FailureAnalysis(
				"The game server could not listen on port %d: it is in use already.".formatted(cause.port()),
				"Stop what listens there (perhaps this app, started before), or give the game server another port with "
						+ "'%s'; 0 means any free one.".formatted(ListenerKeys.of(cause.listener(), "port")),
				cause);
	}

}
