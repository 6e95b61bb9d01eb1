package io.nanogame.connection;

import java.util.Arrays;

/**
 * The bounds and types of the WebSocket messages among the received bytes of a wire. The
 * wire adds them before their payload is decoded; the protocol removes each message
 * together with its bytes. Confined to the loop.
 *
 * @see Wire#receiveMessages()
 */
public final class InboundMessages {

	private static final int INITIAL_CAPACITY = 4;

	/** The complete messages, as twice their length, plus one for text. A ring. */
	private long[] complete = new long[INITIAL_CAPACITY];

	private int first;

	private int count;

	/** Whether the incomplete message is text. */
	private boolean text;

	/** Whether a part of the incomplete message was added. */
	private boolean partial;

	/** The length of the incomplete message, as far as its frames have announced it. */
	private long announced;

	/**
	 * Begins a message. The last one must be complete.
	 * @param isText whether it is text
	 */
	public void begin(boolean isText) {
		this.text = isText;
		this.announced = 0;
	}

	/**
	 * Adds the payload of a frame to the incomplete message, before it is received.
	 * @param length its length in bytes, at least 0
	 */
	public void announce(long length) {
		this.announced = Math.min(this.announced, Long.MAX_VALUE / 4) + Math.min(length, Long.MAX_VALUE / 4);
	}

	/** Completes the message, whose announced bytes were received. */
	public void end() {
		if (this.count == this.complete.length) {
			grow();
		}
		this.complete[(this.first + this.count++) % this.complete.length] = this.announced << 1 | (this.text ? 1 : 0);
		this.announced = 0;
	}

	private void grow() {
		long[] larger = Arrays.copyOfRange(this.complete, this.first, this.first + 2 * this.complete.length);
		System.arraycopy(this.complete, 0, larger, this.complete.length - this.first, this.first);
		this.complete = larger;
		this.first = 0;
	}

	/**
	 * Adds a part that was received completely, on wires without frames.
	 * @param isText whether it is text
	 * @param length its length in bytes
	 * @param last whether the message is complete
	 */
	public void add(boolean isText, int length, boolean last) {
		if (!this.partial) {
			begin(isText);
		}
		announce(length);
		this.partial = !last;
		if (last) {
			end();
		}
	}

	/**
	 * Returns whether a message was received completely.
	 * @return false when more bytes are needed
	 */
	public boolean hasNext() {
		return this.count > 0;
	}

	/**
	 * Returns the length of the next message.
	 * @return the length in bytes; if no message is complete, as announced so far
	 */
	public long length() {
		return hasNext() ? this.complete[this.first] >> 1 : this.announced;
	}

	/**
	 * Returns the type of the next complete message.
	 * @return true for text, false for bytes
	 */
	public boolean isText() {
		return (this.complete[this.first] & 1) != 0;
	}

	/** Removes the next complete message. */
	public void remove() {
		this.first = (this.first + 1) % this.complete.length;
		if (--this.count == 0 && this.complete.length > INITIAL_CAPACITY) {
			this.complete = new long[INITIAL_CAPACITY];
			this.first = 0;
		}
	}

}
