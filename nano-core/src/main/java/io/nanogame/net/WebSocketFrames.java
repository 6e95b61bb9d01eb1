package io.nanogame.net;

import io.nanogame.connection.UrlQuery;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Removes the WebSocket frames of one client (RFC 6455, section 5) from a buffer, so that
 * the stream of payload bytes remains. Packets may be split across text and binary
 * frames, and across fragments, at any byte. Control frames are passed to a listener. For
 * protocols whose messages are those of the WebSocket, and for compressed messages, the
 * bounds are reported beside the stream, and everything after a close frame is dropped.
 * Confined to the loop.
 *
 * <pre>
 * |FIN RSV opcode|MASK length7|(length 16 or 64)|mask 32|payload ...
 * </pre>
 */
final class WebSocketFrames {

	static final int CONTINUATION = 0x0;

	static final int TEXT = 0x1;

	static final int BINARY = 0x2;

	static final int CLOSE = 0x8;

	static final int PING = 0x9;

	static final int PONG = 0xA;

	/** The reserved bit of compressed messages (RFC 7692, section 6). */
	static final int RSV1 = 0x40;

	private static final int MAX_CONTROL_LENGTH = 125;

	/** Receives control frames. */
	interface Listener {

		/**
		 * Called with each complete control frame.
		 * @param opcode close, ping or pong
		 * @param payload at most 125 bytes, unmasked
		 */
		void control(int opcode, byte[] payload);

	}

	private enum Part {

		FIRST_BYTE, LENGTH, LONG_LENGTH, MASK, PAYLOAD

	}

	private final UrlQuery query;

	/** Null if the bounds of messages have no meaning. */
	private final @Nullable MessageParts messages;

	private Part part = Part.FIRST_BYTE;

	private byte opcode;

	/** Whether the message is compressed; only for its first frame. */
	private boolean compressed;

	/** Whether a fragmented message is incomplete. */
	private boolean fragmented;

	/** The number of missing bytes of the header part, or of the payload. */
	private long missing;

	private long length;

	private int mask;

	private byte @Nullable [] control;

	/** Whether everything is dropped, after a close frame. */
	private boolean closed;

	/**
	 * Creates the state of one client.
	 * @param query the query of the URL
	 * @param messages receives the messages; null to make them a stream
	 */
	WebSocketFrames(UrlQuery query, @Nullable MessageParts messages) {
		this.query = query;
		this.messages = messages;
	}

	/** Returns the query of the URL. Thread-safe. */
	UrlQuery query() {
		return this.query;
	}

	/**
	 * Replaces the frames in a buffer by their payload.
	 * @param in the received bytes; changed in place, between its indexes
	 * @param listener receives control frames
	 * @throws FrameException when a frame is malformed; the payload before it remains in
	 * the buffer
	 */
	void unwrap(ByteBuf in, Listener listener) {
		int from = in.readerIndex();
		int end = in.writerIndex();
		int to = from;
		try {
			while (from < end && !this.closed) {
				if (this.part == Part.PAYLOAD) {
					int count = (int) Math.min(this.missing, end - from);
					if (this.control == null) {
						unmask(in, from, to, count);
						if (this.messages != null) {
							this.messages.payload(in, to, count);
						}
						to += count;
					}
					else {
						unmaskControl(in, from, count);
					}
					from += count;
					this.missing -= count;
				}
				else {
					header(in.getUnsignedByte(from++));
				}
				endOfFrame(listener);
			}
		}
		finally {
			in.writerIndex(to);
		}
	}

	private void header(int next) {
		switch (this.part) {
			case FIRST_BYTE -> firstByte(next);
			case LENGTH -> length(next);
			case LONG_LENGTH -> longLength(next);
			case MASK -> mask(next);
			case PAYLOAD -> throw new IllegalStateException();
		}
	}

	private void firstByte(int next) {
		boolean last = (next & 0x80) != 0;
		this.opcode = (byte) (next & 0x0F);
		this.compressed = (next & 0x70) == RSV1 && mayBeCompressed();
		check((next & 0x70) == 0 || this.compressed, "reserved bits are set in a WebSocket frame");
		switch (this.opcode) {
			case CONTINUATION -> check(this.fragmented, "a WebSocket continuation without a beginning");
			case TEXT, BINARY -> check(!this.fragmented, "a WebSocket message inside another");
			case CLOSE, PING, PONG -> check(last, "a WebSocket control frame in fragments");
			default -> throw new FrameException("unknown WebSocket opcode");
		}
		if (this.opcode < CLOSE) {
			this.fragmented = !last;
		}
		this.part = Part.LENGTH;
	}

	private boolean mayBeCompressed() {
		return (this.opcode == TEXT || this.opcode == BINARY) && this.messages != null
				&& this.messages.allowsCompression();
	}

	private void length(int next) {
		check((next & 0x80) != 0, "a WebSocket frame without a mask");
		int shortLength = next & 0x7F;
		check(this.opcode < CLOSE || shortLength <= MAX_CONTROL_LENGTH, "a WebSocket control frame too long");
		this.length = 0;
		if (shortLength < 126) {
			this.length = shortLength;
			beginMask();
		}
		else {
			this.part = Part.LONG_LENGTH;
			this.missing = (shortLength == 126) ? 2 : 8;
		}
	}

	private void longLength(int next) {
		this.length = this.length << 8 | next;
		if (--this.missing == 0) {
			check(this.length >= 0, "a WebSocket frame with a negative length");
			beginMask();
		}
	}

	private void beginMask() {
		this.part = Part.MASK;
		this.missing = 4;
		this.mask = 0;
	}

	private void mask(int next) {
		this.mask = this.mask << 8 | next;
		if (--this.missing == 0) {
			this.part = Part.PAYLOAD;
			this.missing = this.length;
			this.control = (this.opcode >= CLOSE) ? new byte[(int) this.length] : null;
			if (this.messages != null && this.opcode < CLOSE) {
				this.messages.frame(this.opcode, this.compressed, this.length);
			}
		}
	}

	private void endOfFrame(Listener listener) {
		if (this.part == Part.PAYLOAD && this.missing == 0) {
			this.part = Part.FIRST_BYTE;
			byte[] payload = this.control;
			if (payload != null) {
				this.control = null;
				this.closed = this.messages != null && this.opcode == CLOSE;
				listener.control(this.opcode, payload);
			}
			else if (this.messages != null && !this.fragmented) {
				this.messages.end();
			}
		}
	}

	/**
	 * Unmasks payload and moves it to the position of its header. The target is never
	 * after the source.
	 */
	private void unmask(ByteBuf in, int from, int to, int count) {
		int i = 0;
		long longMask = (this.mask & 0xFFFFFFFFL) << 32 | (this.mask & 0xFFFFFFFFL);
		for (; i + 8 <= count; i += 8) {
			in.setLong(to + i, in.getLong(from + i) ^ longMask);
		}
		for (; i < count; i++) {
			in.setByte(to + i, in.getByte(from + i) ^ maskByte(i));
		}
		rotateMask(count);
	}

	private void unmaskControl(ByteBuf in, int from, int count) {
		byte[] payload = this.control;
		if (payload == null) {
			return;
		}
		int offset = payload.length - (int) this.missing;
		for (int i = 0; i < count; i++) {
			payload[offset + i] = (byte) (in.getByte(from + i) ^ maskByte(i));
		}
		rotateMask(count);
	}

	private int maskByte(int index) {
		return this.mask >>> (24 - 8 * (index & 3));
	}

	/** Rotates the mask to the byte for the next payload byte. */
	private void rotateMask(int count) {
		this.mask = Integer.rotateLeft(this.mask, 8 * (count & 3));
	}

	private static void check(boolean legal, String problem) {
		if (!legal) {
			throw new FrameException(problem);
		}
	}

	/**
	 * Writes the header of a server's frame, which has no mask.
	 * @param out grows as needed
	 * @param opcode the kind of frame, and {@link #RSV1} if the message is compressed
	 * @param length the length of the payload, which the caller writes, in bytes
	 */
	static void writeHeader(ByteBuf out, int opcode, int length) {
		out.writeByte(0x80 | opcode);
		if (length < 126) {
			out.writeByte(length);
		}
		else if (length <= 0xFFFF) {
			out.writeByte(126).writeShort(length);
		}
		else {
			out.writeByte(127).writeLong(length);
		}
	}

}
