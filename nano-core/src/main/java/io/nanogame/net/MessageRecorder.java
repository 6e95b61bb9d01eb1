package io.nanogame.net;

import io.nanogame.connection.InboundMessages;
import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Records the messages of a WebSocket while their frames are removed, and validates text
 * as it is received. Confined to the loop.
 */
final class MessageRecorder implements MessageParts {

	private final InboundMessages messages;

	/** Validates the current message; null if it is not text. */
	private @Nullable Utf8Check text;

	MessageRecorder(InboundMessages messages) {
		this.messages = messages;
	}

	@Override
	public boolean allowsCompression() {
		return false;
	}

	@Override
	public void frame(int opcode, boolean compressed, long length) {
		if (opcode != WebSocketFrames.CONTINUATION) {
			this.messages.begin(opcode == WebSocketFrames.TEXT);
			this.text = (opcode == WebSocketFrames.TEXT) ? new Utf8Check() : null;
		}
		this.messages.announce(length);
	}

	@Override
	public void payload(ByteBuf in, int from, int count) {
		check(this.text == null || this.text.isValid(in, from, count));
	}

	@Override
	public void end() {
		check(this.text == null || this.text.isComplete());
		this.messages.end();
	}

	private static void check(boolean valid) {
		if (!valid) {
			throw new FrameException(CloseReason.INVALID_TEXT);
		}
	}

}
