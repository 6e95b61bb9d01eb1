package io.nanogame.connection;

/**
 * Thrown when a client has exceeded its rate limit and must be disconnected.
 */
final class TooManyRequestsException extends RuntimeException {

	TooManyRequestsException() {
		super("too many requests", null, false, false);
	}

}
