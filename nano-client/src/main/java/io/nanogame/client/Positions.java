package io.nanogame.client;

import io.nanogame.protocol.Acknowledgement;

/**
 * How many DATA packets of a session the client has received, and when the client is to
 * send this number next. Confined to the event loop of the session's connection.
 */
final class Positions {

	/** The number of packets, in either direction, after which the number is due. */
	private static final int MAX_PACKETS = 64;

	/** The length of packets, in either direction, after which the number is due. */
	private static final int MAX_BYTES = 32 * 1024;

	private final int maxSentSize;

	private long received;

	// Since the last acknowledgement

	private int newPackets;

	private int newBytes;

	private int sentPackets;

	private int sentSize;

	/**
	 * Creates the positions.
	 * @param maxUnconfirmedBytes the limit of sent packets that are kept. The number is
	 * due at half of it, so that the confirmation comes before the limit is reached
	 */
	Positions(int maxUnconfirmedBytes) {
		this.maxSentSize = Math.max(1, Math.min(MAX_BYTES, maxUnconfirmedBytes / 2));
	}

	long received() {
		return this.received;
	}

	void packetReceived(int length) {
		this.received++;
		this.newPackets++;
		this.newBytes += length;
	}

	/**
	 * Counts a sent packet.
	 * @param size the memory that is counted for it, in bytes
	 */
	void packetSent(int size) {
		this.sentPackets++;
		this.sentSize += size;
	}

	/**
	 * Returns whether the server is to receive the number, so that both sides need not
	 * keep more packets.
	 */
	boolean isDue() {
		return this.newPackets >= MAX_PACKETS || this.newBytes >= MAX_BYTES || this.sentPackets >= MAX_PACKETS
				|| this.sentSize >= this.maxSentSize;
	}

	/** Returns a heartbeat packet with the number. */
	byte[] acknowledge() {
		this.newPackets = 0;
		this.newBytes = 0;
		this.sentPackets = 0;
		this.sentSize = 0;
		return Acknowledgement.packet(this.received);
	}

	/** Begins a new session. */
	void reset() {
		acknowledge();
		this.received = 0;
	}

}
