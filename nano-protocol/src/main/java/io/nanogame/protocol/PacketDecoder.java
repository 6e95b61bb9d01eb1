package io.nanogame.protocol;

import io.netty.buffer.ByteBuf;

import io.nanogame.protocol.ProtocolException.Reason;

/**
 * Splits a stream of bytes into packets. <pre>
 *  0        1        2        3        4
 * +--------+--------+--------+--------+---- - - - ----+
 * |  type  |   body length, unsigned  |     body      |
 * +--------+--------+--------+--------+---- - - - ----+
 * </pre> Type is {@link PacketType#code()}; numbers are big endian. The layout is the
 * same with pomelo, nano and pitaya.
 * <p>
 * Immutable and stateless: an incomplete packet stays in the caller's buffer, so one
 * decoder serves any number of connections. Allocates nothing.
 */
public final class PacketDecoder {

	/**
	 * The number of bytes before the body.
	 */
	public static final int HEADER_LENGTH = 4;

	/**
	 * The longest body that three bytes can announce, in bytes.
	 */
	public static final int MAX_BODY_LENGTH = 0xFFFFFF;

	private final int maxBodyLength;

	/**
	 * Creates a decoder.
	 * @param maxBodyLength the longest body to accept, in bytes, 0 to
	 * {@link #MAX_BODY_LENGTH}; nano accepts 65536
	 * @throws IllegalArgumentException if the limit is not in that range
	 */
	public PacketDecoder(int maxBodyLength) {
		if (maxBodyLength < 0 || maxBodyLength > MAX_BODY_LENGTH) {
			throw new IllegalArgumentException(
					"The maximum body length must be 0 to %d bytes, not %d".formatted(MAX_BODY_LENGTH, maxBodyLength));
		}
		this.maxBodyLength = maxBodyLength;
	}

	/**
	 * Passes every complete packet to the handler, in order, and leaves an incomplete one
	 * unread. Stops early when the handler requests it; call again to continue. An
	 * invalid header is rejected as soon as it is received, without waiting for the body.
	 * The packets before it have been handled by then, and the buffer is positioned at
	 * that header.
	 * @param in the bytes received and not yet read; remains the caller's
	 * @param handler receives the packets
	 * @throws ProtocolException if a type is unknown or a body too long; the rest of the
	 * stream cannot be decoded
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
	 * Returns the body length in the header of the packet at the start of a buffer.
	 * @param in positioned at the header; not changed
	 * @return the length of the body, or -1 when the header is incomplete
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
