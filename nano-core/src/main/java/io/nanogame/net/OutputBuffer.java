package io.nanogame.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * What was appended to a wire and not flushed: packets, bare or each in a WebSocket
 * frame. Has no buffer while it is empty. Event loop.
 */
final class OutputBuffer {

	private static final int INITIAL_SIZE = 512;

	/** The longest header of a frame. */
	private static final int FRAME_HEADER = 10;

	private final Channel channel;

	private boolean framed;

	/** Packets are text, not bytes. */
	private boolean text;

	/** The client expects TLS, and it is not set up yet: it could not read anything. */
	private boolean tlsPending;

	private @Nullable ByteBuf bytes;

	OutputBuffer(Channel channel) {
		this.channel = channel;
	}

	/** From now on packets are framed. */
	void becomeWebSocket() {
		this.framed = true;
	}

	/** From now on packets are text. */
	void sendText() {
		this.text = true;
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

	/** Returns what was appended, which is the caller's from now on; null for nothing. */
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
