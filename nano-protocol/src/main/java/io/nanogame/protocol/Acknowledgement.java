package io.nanogame.protocol;

import io.netty.buffer.ByteBuf;

import io.nanogame.protocol.ProtocolException.Reason;

/**
 * The body of a heartbeat in a session that can be resumed: how many DATA packets of the
 * session its sender has received, in eight bytes, big endian. The client sends the first
 * one, and the server replies. Any thread.
 */
public final class Acknowledgement {

	/**
	 * The length of the body, in bytes.
	 */
	public static final int LENGTH = Long.BYTES;

	private Acknowledgement() {
	}

	/**
	 * Returns a heartbeat packet.
	 * @param received the number of DATA packets that this side has received
	 * @return a new array, with the header
	 */
	public static byte[] packet(long received) {
		byte[] packet = new byte[PacketDecoder.HEADER_LENGTH + LENGTH];
		packet[0] = (byte) PacketType.HEARTBEAT.code();
		packet[3] = LENGTH;
		for (int i = 0; i < LENGTH; i++) {
			packet[PacketDecoder.HEADER_LENGTH + i] = (byte) (received >>> 8 * (LENGTH - 1 - i));
		}
		return packet;
	}

	/**
	 * Reads the body of a heartbeat.
	 * @param in positioned at the body; remains the caller's, its index is moved
	 * @param length the length of the body, in bytes
	 * @return the number of DATA packets that the other side has received
	 * @throws ProtocolException if the body is not a number of this form
	 */
	public static long read(ByteBuf in, int length) {
		long received = (length == LENGTH) ? in.readLong() : -1;
		if (received < 0) {
			throw new ProtocolException(Reason.BAD_ACKNOWLEDGEMENT);
		}
		return received;
	}

}
