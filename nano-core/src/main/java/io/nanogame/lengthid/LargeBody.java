package io.nanogame.lengthid;

import io.netty.buffer.ByteBuf;

/**
 * A body that is received in many reads, directly into its array, so that it is in memory
 * once. Begins when some of it was received, so that a client has to send that much
 * before the server allocates the rest. Confined to the loop.
 */
final class LargeBody {

	/**
	 * The length above which a body is large, in bytes, and the size of its beginning.
	 */
	static final int THRESHOLD = 1024 * 1024;

	private final long id;

	private final int headerLength;

	private final byte[] bytes;

	private int received;

	LargeBody(long id, int headerLength, int length) {
		this.id = id;
		this.headerLength = headerLength;
		this.bytes = new byte[length];
	}

	/** Returns whether the body is complete. */
	boolean read(ByteBuf in) {
		int count = Math.min(in.readableBytes(), this.bytes.length - this.received);
		in.readBytes(this.bytes, this.received, count);
		this.received += count;
		return this.received == this.bytes.length;
	}

	long id() {
		return this.id;
	}

	byte[] bytes() {
		return this.bytes;
	}

	/** Returns the bytes of the packet that were read, with its header. */
	int consumed() {
		return this.headerLength + this.received;
	}

	int packetLength() {
		return this.headerLength + this.bytes.length;
	}

}
