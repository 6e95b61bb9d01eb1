package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.spring.push.InvalidPushApiKeyException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * The push API is to be open to everybody, or almost.
 */
final class InvalidPushApiKeyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPushApiKeyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidPushApiKeyException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Make a key, for example with 'openssl rand -hex 32', and set 'nano.push-api.keys' to it, best from"
						+ " outside of the app: the environment variable is NANO_PUSHAPI_KEYS. Or close the API with"
						+ " 'nano.push-api.enabled: false'.",
				cause);
	}

}
