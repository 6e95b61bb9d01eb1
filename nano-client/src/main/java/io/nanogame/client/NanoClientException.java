package io.nanogame.client;

import org.jspecify.annotations.Nullable;

/**
 * The base of all failures of a client. The subclasses name the cause.
 */
public abstract class NanoClientException extends RuntimeException {

	NanoClientException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
