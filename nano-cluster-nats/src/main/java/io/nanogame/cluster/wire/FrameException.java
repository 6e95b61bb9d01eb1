package io.nanogame.cluster.wire;

/**
 * Bytes of another node that are no frame.
 */
public class FrameException extends RuntimeException {

	public FrameException(String message, Throwable cause) {
		super(message, cause);
	}

}
