package io.nanogame.connection;

/**
 * The limits on the packets of a client: length, receive rate and inflation rate.
 *
 * @param maxHandshakeLength the maximum length of a handshake in bytes; applies to all
 * packets except messages after the handshake
 * @param maxLength the maximum length of a packet body in bytes
 * @param maxInflatedLength the maximum length of a body after decompression in bytes
 * @param minReceiveRate the minimum rate of an incomplete packet in bytes per second,
 * after a grace period of the handshake time-out
 * @param maxInflateRate the rate at which bodies of one client are inflated in bytes per
 * second; a message that exceeds it delays the next one
 */
public record PacketLimits(int maxHandshakeLength, int maxLength, int maxInflatedLength, int minReceiveRate,
		int maxInflateRate) {

	public PacketLimits {
		if (maxHandshakeLength < 0 || minReceiveRate < 1 || maxInflateRate < 1) {
			throw new IllegalArgumentException("A budget must be at least one byte");
		}
	}

	/**
	 * Returns the defaults.
	 * @return 8 KB for a handshake, 64 KB for other packets, 1 MB for inflated bodies, 1
	 * KB/s for an incomplete packet, 256 KB/s for inflation
	 */
	public static PacketLimits defaults() {
		return new PacketLimits(8 * 1024, 64 * 1024, 1024 * 1024, 1024, 256 * 1024);
	}

}
