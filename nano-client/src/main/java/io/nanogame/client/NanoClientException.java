package io.nanogame.client;

import org.jspecify.annotations.Nullable;

/**
 * Something between the client and its server went wrong. The subclasses tell what.
 */
public abstract class NanoClientException extends RuntimeException {

	NanoClientException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
