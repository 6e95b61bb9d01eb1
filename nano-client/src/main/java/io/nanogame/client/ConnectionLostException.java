package io.nanogame.client;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the connection was lost or could not be established. The outcome of pending
 * requests is unknown: the server may have handled them.
 */
public final class ConnectionLostException extends NanoClientException {

	ConnectionLostException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
