package io.nanogame.client;

/**
 * So much is under way to the server that no more is taken; nothing was sent.
 */
public final class ClientOverloadedException extends NanoClientException {

	ClientOverloadedException(String message) {
		super(message, null);
	}

}
