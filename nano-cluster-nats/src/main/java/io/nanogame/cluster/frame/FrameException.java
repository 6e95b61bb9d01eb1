package io.nanogame.cluster.frame;

/**
 * A malformed frame of another node.
 */
public class FrameException extends RuntimeException {

	public FrameException(String message, Throwable cause) {
		super(message, cause);
	}

}
