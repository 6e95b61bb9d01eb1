package io.nanogame.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Receives the packets of a {@link PacketDecoder}. Implemented by the server and by the
 * client.
 */
@FunctionalInterface
public interface PacketHandler {

	/**
	 * Handles one packet, on the thread that called the decoder.
	 * @param type the type of the packet
	 * @param in positioned at the first byte of the body; at most {@code length} bytes
	 * may be read, and it must not be kept, released or otherwise changed. The decoder
	 * continues behind the packet, however much was read.
	 * @param length the length of the body, in bytes; 0 is legal for every type
	 * @return {@code false} to leave the packets behind this one in the buffer
	 */
	boolean packet(PacketType type, ByteBuf in, int length);

	/**
	 * Returns the longest accepted body of a packet. Called as soon as its header is
	 * received.
	 * @param type the type of the packet
	 * @return a length in bytes; the decoder's own limit applies, too
	 */
	default int maxLength(PacketType type) {
		return PacketDecoder.MAX_BODY_LENGTH;
	}

	/**
	 * Returns whether the handler accepts a packet now. Called when the packet is
	 * complete, before {@link #packet}.
	 * @param type the type of the packet
	 * @param in as for {@link #packet}
	 * @param length the length of the body, in bytes
	 * @return {@code false} to leave this packet and those behind it in the buffer
	 */
	default boolean isReady(PacketType type, ByteBuf in, int length) {
		return true;
	}

}
