package io.nanogame.cluster.frame;

/**
 * A malformed frame of another node.
 */
public class FrameException extends RuntimeException {

	FrameException(String message, Throwable cause) {
		super(message, cause);
	}

}
