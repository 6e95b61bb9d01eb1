package io.nanogame.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The packets that were appended to a wire and not flushed, bare or each in a WebSocket
 * frame. Holds no buffer while it is empty. Confined to the event loop.
 */
final class OutputBuffer {

	private static final int INITIAL_SIZE = 512;

	/** The maximum length of a frame header. */
	private static final int FRAME_HEADER = 10;

	private final Channel channel;

	private boolean framed;

	/** Whether packets are text. */
	private boolean text;

	/**
	 * Whether the client expects TLS that is not established yet, so that it could not
	 * read any output.
	 */
	private boolean tlsPending;

	private @Nullable ByteBuf bytes;

	OutputBuffer(Channel channel) {
		this.channel = channel;
	}

	/** Writes packets in WebSocket frames from now on. */
	void becomeWebSocket() {
		this.framed = true;
	}

	/** Writes packets in text frames from now on, or in binary ones. */
	void sendText(boolean isText) {
		this.text = isText;
	}

	void tlsPending(boolean pending) {
		this.tlsPending = pending;
	}

	boolean isTlsPending() {
		return this.tlsPending;
	}

	ByteBuf append(int length) {
		ByteBuf out = room(length);
		if (this.framed) {
			WebSocketFrames.writeHeader(out, this.text ? WebSocketFrames.TEXT : WebSocketFrames.BINARY, length);
		}
		return out;
	}

	void frame(int opcode, byte[] payload) {
		ByteBuf out = room(payload.length);
		WebSocketFrames.writeHeader(out, opcode, payload.length);
		out.writeBytes(payload);
	}

	private ByteBuf room(int length) {
		ByteBuf out = this.bytes;
		if (out == null) {
			out = this.channel.alloc().buffer(Math.max(INITIAL_SIZE, length + FRAME_HEADER));
			this.bytes = out;
		}
		return out;
	}

	int size() {
		ByteBuf out = this.bytes;
		return (out != null) ? out.readableBytes() : 0;
	}

	/**
	 * Returns the appended bytes, which the caller must release; null if there are none.
	 */
	@Nullable ByteBuf take() {
		ByteBuf out = this.bytes;
		this.bytes = null;
		return out;
	}

	void release() {
		ByteBuf out = take();
		if (out != null) {
			out.release();
		}
	}

}
