package io.nanogame.client;

/**
 * Thrown when the application has closed this client. The outcome of pending requests is
 * unknown.
 */
public final class ClientClosedException extends NanoClientException {

	ClientClosedException() {
		super("This client is closed", null);
	}

}
