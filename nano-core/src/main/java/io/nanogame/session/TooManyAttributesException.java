package io.nanogame.session;

/**
 * Thrown when a session has the maximum number of attributes. If a handler does not catch
 * it, the request fails with 409.
 */
public class TooManyAttributesException extends IllegalStateException {

	TooManyAttributesException(int max) {
		super("A session may have %d attributes, and no more".formatted(max));
	}

}
