package io.nanogame.spring.push;

/**
 * Thrown when keys of the push API are missing or invalid. The message never contains a
 * key.
 */
public final class InvalidPushApiKeyException extends IllegalStateException {

	InvalidPushApiKeyException(String message) {
		super(message);
	}

}
