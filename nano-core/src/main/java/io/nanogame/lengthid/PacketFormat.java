package io.nanogame.lengthid;

import java.util.Set;

import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ProtocolException.Reason;
import io.netty.buffer.ByteBuf;

/**
 * The header of a packet: its length and its id, both unsigned, before the body.
 *
 * @param idFirst whether the id is before the length
 * @param lengthBytes the width of the length: 1, 2 or 4 bytes
 * @param idBytes the width of the id: 1, 2 or 4 bytes
 * @param bigEndian whether the most significant byte is the first
 * @param counts what the length counts
 */
public record PacketFormat(boolean idFirst, int lengthBytes, int idBytes, boolean bigEndian, Counts counts) {

	private static final Set<Integer> WIDTHS = Set.of(1, 2, 4);

	/**
	 * What the length of a packet counts.
	 */
	public enum Counts {

		/** The body. */
		BODY,

		/** The id and the body. */
		ID_AND_BODY,

		/** The whole packet with its header. */
		PACKET

	}

	public PacketFormat {
		if (!WIDTHS.contains(lengthBytes) || !WIDTHS.contains(idBytes)) {
			throw new IllegalArgumentException("Length and id must have 1, 2 or 4 bytes");
		}
	}

	/**
	 * Returns the default.
	 * @return four bytes of length, which counts the body, and four bytes of id, both in
	 * little endian
	 */
	public static PacketFormat defaults() {
		return new PacketFormat(false, 4, 4, false, Counts.BODY);
	}

	/**
	 * Returns the largest id that fits.
	 * @return a number of one, two or four bytes
	 */
	public long maxId() {
		return max(this.idBytes);
	}

	/**
	 * Returns the length of the header.
	 * @return 2 to 8 bytes
	 */
	public int headerLength() {
		return this.lengthBytes + this.idBytes;
	}

	/**
	 * Returns the maximum length of a body, also of one that fits into memory.
	 * @return a number of bytes
	 */
	public long maxBodyLength() {
		return Math.min(max(this.lengthBytes) - uncounted(), Integer.MAX_VALUE - headerLength() - 64L);
	}

	private static long max(int bytes) {
		return (1L << (8 * bytes)) - 1;
	}

	/** Returns the counted bytes that are not the body. */
	private int uncounted() {
		return switch (this.counts) {
			case BODY -> 0;
			case ID_AND_BODY -> this.idBytes;
			case PACKET -> headerLength();
		};
	}

	/**
	 * Returns the length of the body.
	 * @param in begins with a complete header; not changed
	 * @param max the maximum length
	 * @throws ProtocolException when it is longer, or shorter than nothing
	 */
	int bodyLength(ByteBuf in, int max) {
		long length = number(in, in.readerIndex() + (this.idFirst ? this.idBytes : 0), this.lengthBytes) - uncounted();
		if (length < 0) {
			throw new ProtocolException(Reason.BAD_LENGTH);
		}
		if (length > max) {
			throw new ProtocolException(Reason.PACKET_TOO_LARGE);
		}
		return (int) length;
	}

	/** Returns the id in a complete header. */
	long id(ByteBuf in) {
		return number(in, in.readerIndex() + (this.idFirst ? 0 : this.lengthBytes), this.idBytes);
	}

	private long number(ByteBuf in, int index, int bytes) {
		return switch (bytes) {
			case 1 -> in.getUnsignedByte(index);
			case 2 -> this.bigEndian ? in.getUnsignedShort(index) : in.getUnsignedShortLE(index);
			default -> this.bigEndian ? in.getUnsignedInt(index) : in.getUnsignedIntLE(index);
		};
	}

	/** Writes a packet. */
	void write(ByteBuf out, long id, byte[] body) {
		long length = body.length + (long) uncounted();
		if (this.idFirst) {
			write(out, id, this.idBytes);
			write(out, length, this.lengthBytes);
		}
		else {
			write(out, length, this.lengthBytes);
			write(out, id, this.idBytes);
		}
		out.writeBytes(body);
	}

	private void write(ByteBuf out, long number, int bytes) {
		switch (bytes) {
			case 1 -> out.writeByte((int) number);
			case 2 -> {
				int two = (int) number;
				out.writeShort(this.bigEndian ? two : Short.reverseBytes((short) two));
			}
			default -> {
				int four = (int) number;
				out.writeInt(this.bigEndian ? four : Integer.reverseBytes(four));
			}
		}
	}

}
