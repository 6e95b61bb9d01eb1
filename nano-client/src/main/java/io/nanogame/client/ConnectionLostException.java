package io.nanogame.client;

import org.jspecify.annotations.Nullable;

/**
 * There is no connection any more, or none could be made. Whether the server did what it
 * was asked last is not known.
 */
public final class ConnectionLostException extends NanoClientException {

	ConnectionLostException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
