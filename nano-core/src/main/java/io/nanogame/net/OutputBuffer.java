package io.nanogame.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The packets that were appended to a wire and not flushed, bare or each in a WebSocket
 * frame. Holds no buffer while it is empty. Confined to the event loop.
 */
class OutputBuffer {

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

	/**
	 * Returns an output of compressed messages, which replaces this one.
	 * @param deflater compresses the messages of the loop
	 */
	OutputBuffer deflating(FrameDeflater deflater) {
		OutputBuffer output = new DeflatingOutput(this.channel, deflater);
		output.text = this.text;
		output.tlsPending = this.tlsPending;
		output.bytes = this.bytes;
		return output;
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
			WebSocketFrames.writeHeader(out, dataOpcode(), length);
		}
		return out;
	}

	/**
	 * Appends a packet that other clients may receive, too.
	 * @param packet must never be modified
	 */
	void append(byte[] packet) {
		append(packet.length).writeBytes(packet);
	}

	final int dataOpcode() {
		return this.text ? WebSocketFrames.TEXT : WebSocketFrames.BINARY;
	}

	void frame(int opcode, byte[] payload) {
		ByteBuf out = room(payload.length);
		WebSocketFrames.writeHeader(out, opcode, payload.length);
		out.writeBytes(payload);
	}

	final ByteBuf room(int length) {
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
