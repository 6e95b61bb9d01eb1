package io.nanogame.connection;

/**
 * How long packets of a client may be, and how fast they have to come and may be
 * inflated.
 *
 * @param maxHandshakeLength the longest handshake taken, in bytes; other packets may be
 * longer only behind it, and only when they carry a message
 * @param maxLength the longest packet body taken, in bytes
 * @param maxInflatedLength the longest body a compressed one may become, in bytes
 * @param minReceiveRate how many bytes of a packet have to come in a second, beyond the
 * time a handshake may take
 * @param maxInflateRate how many bytes a second are inflated for one client; what its
 * last message adds delays the next one
 */
public record PacketLimits(int maxHandshakeLength, int maxLength, int maxInflatedLength, int minReceiveRate,
		int maxInflateRate) {

	public PacketLimits {
		if (maxHandshakeLength < 0 || minReceiveRate < 1 || maxInflateRate < 1) {
			throw new IllegalArgumentException("A budget must be at least one byte");
		}
	}

	/**
	 * The defaults.
	 * @return 8 KB for a handshake, 64 KB for other packets, 1 MB for what they become, 1
	 * KB a second of a packet, 256 KB a second inflated
	 */
	public static PacketLimits defaults() {
		return new PacketLimits(8 * 1024, 64 * 1024, 1024 * 1024, 1024, 256 * 1024);
	}

}
