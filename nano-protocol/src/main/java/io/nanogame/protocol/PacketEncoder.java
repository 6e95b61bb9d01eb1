package io.nanogame.protocol;

import io.netty.buffer.ByteBuf;

import io.nanogame.protocol.ProtocolException.Reason;

/**
 * Writes packets; {@link PacketDecoder} documents the layout. Any thread; buffers remain
 * the caller's.
 */
public final class PacketEncoder {

	private PacketEncoder() {
	}

	/**
	 * Writes a header whose body the caller writes next.
	 * @param out grows as needed
	 * @param type the type of the packet
	 * @param length the length of the body, in bytes
	 * @throws ProtocolException if the length does not fit the header; nothing has been
	 * written then
	 */
	public static void writeHeader(ByteBuf out, PacketType type, int length) {
		checkLength(length);
		out.writeInt(type.code() << 24 | length);
	}

	/**
	 * Checks the length of a body.
	 * @throws ProtocolException if it does not fit the header
	 */
	static void checkLength(int length) {
		if (length < 0 || length > PacketDecoder.MAX_BODY_LENGTH) {
			throw new ProtocolException(Reason.PACKET_TOO_LARGE);
		}
	}

	/**
	 * Writes a whole packet.
	 * @param out grows as needed
	 * @param type the type of the packet
	 * @param body may be empty
	 * @throws ProtocolException if the body does not fit the header; nothing has been
	 * written then
	 */
	public static void encode(ByteBuf out, PacketType type, byte[] body) {
		writeHeader(out, type, body.length);
		out.writeBytes(body);
	}

}
