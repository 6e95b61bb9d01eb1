package io.nanogame.client;

/**
 * This client was closed by its own side.
 */
public final class ClientClosedException extends NanoClientException {

	ClientClosedException() {
		super("This client is closed", null);
	}

}
