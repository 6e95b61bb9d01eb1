package io.nanogame.serialize;

import org.jspecify.annotations.Nullable;

/**
 * A value that cannot be written, or bytes that are not the value they should be. On the
 * way in the client is answered 400, on the way out 500.
 */
public class SerializationException extends RuntimeException {

	public SerializationException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
