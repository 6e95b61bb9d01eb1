package io.nanogame.spring.push;

/**
 * The push API cannot be opened with these keys. Never tells a key.
 */
public final class InvalidPushApiKeyException extends IllegalStateException {

	InvalidPushApiKeyException(String message) {
		super(message);
	}

}
