package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.spring.push.InvalidPushApiKeyException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a push API without a key, or with a weak one.
 */
final class InvalidPushApiKeyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPushApiKeyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidPushApiKeyException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Create a key, for example with 'openssl rand -hex 32', and set 'nano.push-api.keys' to it, best from"
						+ " outside the app, by the environment variable NANO_PUSHAPI_KEYS. Or disable the API with"
						+ " 'nano.push-api.enabled: false'.",
				cause);
	}

}
