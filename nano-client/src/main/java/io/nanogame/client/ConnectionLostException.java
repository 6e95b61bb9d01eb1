package io.nanogame.client;

import org.jspecify.annotations.Nullable;

/**
 * There is no connection any more, or none could be made. Of requests without an answer
 * the outcome is unknown: the server may have done them.
 */
public final class ConnectionLostException extends NanoClientException {

	ConnectionLostException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
