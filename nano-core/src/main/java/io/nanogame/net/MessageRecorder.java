package io.nanogame.net;

import io.nanogame.connection.InboundMessages;
import io.nanogame.net.WebSocketFrames.FrameException;
import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Records the messages of a WebSocket while their frames are removed, and validates text
 * as it is received. Confined to the loop.
 */
final class MessageRecorder {

	private final InboundMessages messages;

	/** Validates the current message; null if it is not text. */
	private @Nullable Utf8Check text;

	MessageRecorder(InboundMessages messages) {
		this.messages = messages;
	}

	/** Called when the header of a data frame was received. */
	void frame(int opcode, long length) {
		if (opcode != WebSocketFrames.CONTINUATION) {
			this.messages.begin(opcode == WebSocketFrames.TEXT);
			this.text = (opcode == WebSocketFrames.TEXT) ? new Utf8Check() : null;
		}
		this.messages.announce(length);
	}

	/**
	 * Called with payload.
	 * @throws FrameException when it is not valid text, although it should be
	 */
	void payload(ByteBuf in, int from, int count) {
		check(this.text == null || this.text.isValid(in, from, count));
	}

	/**
	 * Called at the end of a message.
	 * @throws FrameException when it ends within a character
	 */
	void end() {
		check(this.text == null || this.text.isComplete());
		this.messages.end();
	}

	private static void check(boolean valid) {
		if (!valid) {
			throw new FrameException(CloseReason.INVALID_TEXT);
		}
	}

}
