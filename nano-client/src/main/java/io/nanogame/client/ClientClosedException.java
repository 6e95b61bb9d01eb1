package io.nanogame.client;

/**
 * This client was closed by its own side. Of requests without an answer the outcome is
 * unknown.
 */
public final class ClientClosedException extends NanoClientException {

	ClientClosedException() {
		super("This client is closed", null);
	}

}
