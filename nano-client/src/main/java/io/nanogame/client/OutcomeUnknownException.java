package io.nanogame.client;

/**
 * Thrown when a request was sent, and its session was lost before the response arrived.
 * The server may have handled the request or not. The cause is the reason for the loss.
 */
public final class OutcomeUnknownException extends NanoClientException {

	OutcomeUnknownException(String route, NanoClientException reason) {
		super("The outcome of %s is unknown: %s".formatted(route, reason.getMessage()), reason);
	}

}
