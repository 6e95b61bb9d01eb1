package io.nanogame.protocol;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads packets of a length, a numeric id and a body from a stream.
 * <p>
 * An incomplete packet remains unread, unless more than 1 MB of its body was received: it
 * is consumed then, into memory of at most four times the received bytes. Not
 * thread-safe.
 */
public final class LengthIdDecoder {

	/** The length of an incomplete body above which it is consumed, in bytes. */
	private static final int MAX_UNREAD = 1024 * 1024;

	private static final byte[] EMPTY = {};

	private final LengthIdFormat format;

	private final int maxBodyLength;

	private final int maxUnread;

	/** The incomplete body of the current packet; null if it is not consumed. */
	private @Nullable LargeBody large;

	private long id;

	private byte[] body = EMPTY;

	/**
	 * Creates a decoder for one connection.
	 * @param format the header of packets
	 * @param maxBodyLength in bytes
	 */
	public LengthIdDecoder(LengthIdFormat format, int maxBodyLength) {
		this(format, maxBodyLength, MAX_UNREAD);
	}

	LengthIdDecoder(LengthIdFormat format, int maxBodyLength, int maxUnread) {
		this.format = format;
		this.maxBodyLength = maxBodyLength;
		this.maxUnread = maxUnread;
	}

	/**
	 * Reads one packet, which {@link #id} and {@link #takeBody} return.
	 * @param in all unread bytes of the stream; the bytes after the packet remain unread
	 * @return false if the packet is incomplete
	 * @throws ProtocolException when its length is above the maximum or less than what it
	 * counts
	 */
	public boolean read(ByteBuf in) {
		if (this.large != null) {
			return readLarge(in, this.large);
		}
		int header = this.format.headerLength();
		if (in.readableBytes() < header) {
			return false;
		}
		int length = this.format.bodyLength(in, this.maxBodyLength);
		int available = in.readableBytes() - header;
		if (available < length && available < this.maxUnread) {
			return false;
		}
		this.id = this.format.id(in);
		in.skipBytes(header);
		if (available < length) {
			this.large = new LargeBody(this.id, length);
			return readLarge(in, this.large);
		}
		this.body = (length > 0) ? new byte[length] : EMPTY;
		in.readBytes(this.body);
		return true;
	}

	private boolean readLarge(ByteBuf in, LargeBody current) {
		if (!current.read(in)) {
			return false;
		}
		this.large = null;
		this.id = current.id();
		this.body = current.bytes();
		return true;
	}

	/**
	 * Returns the id of the packet that was read.
	 * @return an unsigned number
	 */
	public long id() {
		return this.id;
	}

	/**
	 * Returns the body of the packet that was read, and forgets it.
	 * @return owned by the caller
	 */
	public byte[] takeBody() {
		byte[] taken = this.body;
		this.body = EMPTY;
		return taken;
	}

	/**
	 * Returns the length of the incomplete packet.
	 * @param rest the unread bytes of the stream
	 * @return in bytes, with the header; 0 if the header is incomplete
	 * @throws ProtocolException as {@link #read}
	 */
	public int announcedLength(ByteBuf rest) {
		int header = this.format.headerLength();
		if (this.large != null) {
			return header + this.large.length();
		}
		return (rest.readableBytes() >= header) ? header + this.format.bodyLength(rest, this.maxBodyLength) : 0;
	}

	/**
	 * Returns how much of the incomplete packet was consumed.
	 * @return in bytes, with the header
	 */
	public int consumed() {
		return (this.large != null) ? this.format.headerLength() + this.large.received() : 0;
	}

	/** Returns the memory of the incomplete packet, in bytes. */
	int capacity() {
		return (this.large != null) ? this.large.capacity() : 0;
	}

	/**
	 * Releases the memory of the incomplete packet. The decoder must not be used again.
	 */
	public void release() {
		this.large = null;
	}

}
