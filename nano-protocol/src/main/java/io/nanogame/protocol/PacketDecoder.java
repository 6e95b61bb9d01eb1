package io.nanogame.protocol;

import io.netty.buffer.ByteBuf;

import io.nanogame.protocol.ProtocolException.Reason;

/**
 * Cuts a stream of bytes into packets. <pre>
 *  0        1        2        3        4
 * +--------+--------+--------+--------+---- - - - ----+
 * |  type  |   body length, unsigned  |     body      |
 * +--------+--------+--------+--------+---- - - - ----+
 * </pre> Type is {@link PacketType#code()}; numbers are big endian. The layout is the
 * same with pomelo, nano and pitaya.
 * <p>
 * Immutable and without memory of its own: what is left of a packet stays in the caller's
 * buffer, so one decoder serves any number of connections. Allocates nothing.
 */
public final class PacketDecoder {

	/**
	 * How many bytes stand before the body.
	 */
	public static final int HEADER_LENGTH = 4;

	/**
	 * The longest body that three bytes can announce, in bytes.
	 */
	public static final int MAX_BODY_LENGTH = 0xFFFFFF;

	private final int maxBodyLength;

	/**
	 * Creates a decoder.
	 * @param maxBodyLength the longest body to take, in bytes, 0 to
	 * {@link #MAX_BODY_LENGTH}; nano takes 65536
	 * @throws IllegalArgumentException if the limit is not in that range
	 */
	public PacketDecoder(int maxBodyLength) {
		if (maxBodyLength < 0 || maxBodyLength > MAX_BODY_LENGTH) {
			throw new IllegalArgumentException(
					"The longest body must be 0 to %d bytes, not %d".formatted(MAX_BODY_LENGTH, maxBodyLength));
		}
		this.maxBodyLength = maxBodyLength;
	}

	/**
	 * Hands every whole packet to the handler, in order, and leaves an incomplete one
	 * unread. Stops early when the handler says so; call again to go on. A header is
	 * refused as soon as it shows, without waiting for the body; the packets before it
	 * have been handled by then, and the buffer stands at that header.
	 * @param in the bytes received and not yet read; remains the caller's
	 * @param handler takes the packets
	 * @throws ProtocolException if a type is unknown or a body too long; the stream
	 * cannot be read any further
	 */
	public void decode(ByteBuf in, PacketHandler handler) {
		boolean more = true;
		while (more && in.isReadable()) {
			PacketType type = PacketType.of(in.getByte(in.readerIndex()));
			int length = announcedLength(in);
			int start = in.readerIndex();
			int body = start + HEADER_LENGTH;
			if (length >= 0) {
				check(type, length, handler);
			}
			if (length < 0 || in.writerIndex() - body < length) {
				return;
			}
			in.readerIndex(body);
			if (!handler.isReady(type, in, length)) {
				in.readerIndex(start);
				return;
			}
			in.readerIndex(body);
			more = handler.packet(type, in, length);
			in.readerIndex(body + length);
		}
	}

	/**
	 * The length in the header of the packet a buffer begins with.
	 * @param in stands at the header; not changed
	 * @return the length of the body, or -1 when the header is not whole
	 */
	public static int announcedLength(ByteBuf in) {
		return (in.readableBytes() < HEADER_LENGTH) ? -1 : in.getUnsignedMedium(in.readerIndex() + 1);
	}

	private void check(PacketType type, int length, PacketHandler handler) {
		if (length > maxBodyLength) {
			throw new ProtocolException(Reason.PACKET_TOO_LARGE);
		}
		if (length > handler.maxLength(type)) {
			throw new ProtocolException(
					(type == PacketType.HANDSHAKE) ? Reason.HANDSHAKE_TOO_LARGE : Reason.PACKET_TOO_LARGE);
		}
	}

}
