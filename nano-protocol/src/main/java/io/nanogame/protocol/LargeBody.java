package io.nanogame.protocol;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;

/**
 * A body that is received in many reads, directly into its array. The array grows with
 * the received bytes, so a sender cannot occupy more than four times what it has sent; it
 * grows from a quarter to the whole length at last, so both together are not more than
 * 1.25 times the length. Not thread-safe.
 */
final class LargeBody {

	private static final int GROWTH = 4;

	private final long id;

	private final int length;

	private byte[] bytes = {};

	private int received;

	LargeBody(long id, int length) {
		this.id = id;
		this.length = length;
	}

	/** Returns whether the body is complete. */
	boolean read(ByteBuf in) {
		int count = Math.min(in.readableBytes(), this.length - this.received);
		ensureCapacity(this.received + count);
		in.readBytes(this.bytes, this.received, count);
		this.received += count;
		return this.received == this.length;
	}

	private void ensureCapacity(int needed) {
		if (needed > this.bytes.length) {
			int capacity = this.length;
			while (capacity / GROWTH >= needed) {
				capacity /= GROWTH;
			}
			this.bytes = Arrays.copyOf(this.bytes, capacity);
		}
	}

	long id() {
		return this.id;
	}

	/** Returns the array of a complete body. */
	byte[] bytes() {
		return this.bytes;
	}

	int capacity() {
		return this.bytes.length;
	}

	int received() {
		return this.received;
	}

	int length() {
		return this.length;
	}

}
