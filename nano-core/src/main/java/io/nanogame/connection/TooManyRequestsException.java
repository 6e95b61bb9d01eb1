package io.nanogame.connection;

/**
 * A client sent more than it may, and has to go for it.
 */
final class TooManyRequestsException extends RuntimeException {

	TooManyRequestsException() {
		super("too many requests", null, false, false);
	}

}
