package io.nanogame.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The output of a WebSocket with compressed messages. A packet is appended as it is, and
 * compressed in place when it is complete. Confined to the event loop.
 */
final class DeflatingOutput extends OutputBuffer {

	private static final int NONE = -1;

	private final FrameDeflater deflater;

	/** The index of the header of the packet that is to be compressed. */
	private int header = NONE;

	private int payload;

	DeflatingOutput(Channel channel, FrameDeflater deflater) {
		super(channel);
		this.deflater = deflater;
	}

	@Override
	ByteBuf append(int length) {
		complete();
		int start = room(length).writerIndex();
		ByteBuf out = super.append(length);
		if (this.deflater.compresses(length)) {
			this.header = start;
			this.payload = out.writerIndex();
		}
		return out;
	}

	@Override
	void append(byte[] packet) {
		byte[] smaller = this.deflater.compresses(packet.length) ? this.deflater.deflate(packet) : null;
		if (smaller != null) {
			frame(dataOpcode() | WebSocketFrames.RSV1, smaller);
		}
		else {
			frame(dataOpcode(), packet);
		}
	}

	@Override
	void frame(int opcode, byte[] content) {
		complete();
		super.frame(opcode, content);
	}

	/** Compresses the last packet, which has been written completely. */
	private void complete() {
		if (this.header == NONE) {
			return;
		}
		ByteBuf out = room(0);
		byte[] smaller = this.deflater.deflate(out, this.payload, out.writerIndex() - this.payload);
		if (smaller != null) {
			int opcode = out.getUnsignedByte(this.header) | WebSocketFrames.RSV1;
			out.writerIndex(this.header);
			super.frame(opcode, smaller);
		}
		this.header = NONE;
	}

	@Override
	int size() {
		complete();
		return super.size();
	}

	@Override
	@Nullable ByteBuf take() {
		complete();
		return super.take();
	}

	@Override
	void release() {
		this.header = NONE;
		super.release();
	}

}
