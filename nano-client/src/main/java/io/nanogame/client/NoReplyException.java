package io.nanogame.client;

/**
 * Thrown when the server has replied to a later request, in a protocol whose replies have
 * the order of the requests. The handler has no result, or the server has dropped the
 * request.
 */
public final class NoReplyException extends NanoClientException {

	NoReplyException(String route) {
		super("%s has no reply: its handler has no result, or the server has dropped the request".formatted(route),
				null);
	}

}
