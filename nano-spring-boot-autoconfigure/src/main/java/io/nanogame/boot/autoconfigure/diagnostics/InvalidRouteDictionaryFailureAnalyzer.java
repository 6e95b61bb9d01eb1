package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.protocol.InvalidRouteDictionaryException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes an invalid code or route of the dictionary.
 */
final class InvalidRouteDictionaryFailureAnalyzer extends AbstractFailureAnalyzer<InvalidRouteDictionaryException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidRouteDictionaryException cause) {
		String description = "The route dictionary is not valid. %s.".formatted(cause.getMessage());
		if (cause.code() == 0 && cause.route().isEmpty()) {
			return new FailureAnalysis(description,
					"Remove the least frequent routes from 'nano.dictionary'; they are then sent in full.", cause);
		}
		return new FailureAnalysis(description,
				"Give each route under 'nano.dictionary' a code of its own, 1 to 65535: '[%s]: 1'."
					.formatted(cause.route().isBlank() ? "room.join" : cause.route()),
				cause);
	}

}
