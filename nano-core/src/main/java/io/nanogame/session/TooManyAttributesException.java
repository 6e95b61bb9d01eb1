package io.nanogame.session;

/**
 * The session has as many attributes as it may have. A request whose handler lets this
 * through is answered 409.
 */
public class TooManyAttributesException extends IllegalStateException {

	TooManyAttributesException(int most) {
		super("A session may have %d attributes, and no more".formatted(most));
	}

}
