package io.nanogame.net;

import io.nanogame.session.CloseReason;

/**
 * Thrown for a malformed WebSocket frame or message, and for text that is not UTF-8.
 */
final class FrameException extends RuntimeException {

	private final CloseReason reason;

	FrameException(String problem) {
		this(CloseReason.PROTOCOL_ERROR.withMessage("protocol error: " + problem));
	}

	FrameException(CloseReason reason) {
		super(reason.message(), null, false, false);
		this.reason = reason;
	}

	/** Returns the reason to end the connection. */
	CloseReason reason() {
		return this.reason;
	}

}
