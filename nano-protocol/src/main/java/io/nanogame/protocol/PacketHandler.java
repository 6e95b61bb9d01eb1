package io.nanogame.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Takes the packets a {@link PacketDecoder} finds. It exists as an interface because a
 * server and a client do different things with a packet.
 */
@FunctionalInterface
public interface PacketHandler {

	/**
	 * Takes one packet, on the thread that called the decoder.
	 * @param type what the packet is for
	 * @param in stands at the first byte of the body; may be read, at most {@code length}
	 * bytes of it, and must not be kept, released or otherwise changed. How much was read
	 * does not matter: the decoder goes on behind the packet.
	 * @param length how long the body is, in bytes; 0 is legal for every type
	 * @return {@code false} to have the packets behind this one left in the buffer
	 */
	boolean packet(PacketType type, ByteBuf in, int length);

	/**
	 * The longest body taken of a packet, asked as soon as its header shows.
	 * @param type what the packet is for
	 * @return a length in bytes; the decoder's own limit holds beside it
	 */
	default int maxLength(PacketType type) {
		return PacketDecoder.MAX_BODY_LENGTH;
	}

	/**
	 * Whether a packet is taken now. Asked when all of it is there, before
	 * {@link #packet}.
	 * @param type what the packet is for
	 * @param in as of {@link #packet}
	 * @param length how long the body is, in bytes
	 * @return {@code false} to have this packet and those behind it left in the buffer
	 */
	default boolean isReady(PacketType type, ByteBuf in, int length) {
		return true;
	}

}
