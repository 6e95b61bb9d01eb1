package io.nanogame.connection;

import io.nanogame.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * The time-outs of one connection: of its handshake, of its silence, of an incomplete
 * packet, and of the close. Confined to the loop.
 */
final class Liveness {

	/** The time for a client to read its last message and close, in nanoseconds. */
	private static final long LINGER_NANOS = 2_000_000_000L;

	private static final long SECOND = 1_000_000_000L;

	private static final int NO_PACKET = -1;

	/** When the connection was opened, last received bytes, or began to close. */
	private long sinceNanos;

	/** Whether bytes were received since the last sweep. */
	private boolean active;

	/** Whether a ping was sent and no byte was received since. */
	private boolean pinged;

	/** When the incomplete packet began. */
	private long packetSinceNanos;

	/** The length of the incomplete packet; 0 while it is unknown. */
	private int packetLength = NO_PACKET;

	Liveness(long nowNanos) {
		this.sinceNanos = nowNanos;
	}

	/**
	 * Starts or continues the time-out of an incomplete packet.
	 * @param length its complete length in bytes; 0 while it is unknown
	 * @param another whether it is another packet than in the last call
	 */
	void awaitPacket(int length, boolean another, long nowNanos) {
		if (another || this.packetLength == NO_PACKET) {
			this.packetSinceNanos = nowNanos;
		}
		this.packetLength = length;
	}

	/** Called when bytes were received, which end the silence. */
	void received() {
		this.active = true;
	}

	/** Ends the time-out of an incomplete packet. */
	void endPacket() {
		this.packetLength = NO_PACKET;
	}

	/** Starts or restarts the time-out of the close. */
	void closing(long nowNanos) {
		this.sinceNanos = nowNanos;
	}

	boolean hasLingered(long nowNanos) {
		return nowNanos - this.sinceNanos > LINGER_NANOS;
	}

	/**
	 * Returns the elapsed time-out as a close reason, or null.
	 * @param working whether the handshake is complete
	 * @param excused whether the silence is caused by the server, which does not read
	 * @param pingWire the wire to ping when the client is silent; null for a client that
	 * sends heartbeats
	 */
	@Nullable CloseReason overdue(ConnectionSettings settings, long nowNanos, boolean working, boolean excused,
			@Nullable Wire pingWire) {
		if (!working) {
			return (nowNanos - this.sinceNanos > handshakeNanos(settings)) ? CloseReason.HANDSHAKE_TIMEOUT : null;
		}
		if (isPacketLate(settings, nowNanos)) {
			return CloseReason.PACKET_TIMEOUT;
		}
		if (this.active || excused) {
			this.active = false;
			this.sinceNanos = nowNanos;
			this.pinged = false;
			return null;
		}
		long silentNanos = nowNanos - this.sinceNanos;
		if (pingWire == null || this.pinged) {
			return (silentNanos > settings.idleNanos()) ? CloseReason.HEARTBEAT_TIMEOUT : null;
		}
		if (silentNanos > settings.pingNanos()) {
			this.pinged = pingWire.ping();
		}
		return (!this.pinged && silentNanos > settings.idleTimeout().toNanos()) ? CloseReason.IDLE_TIMEOUT : null;
	}

	/**
	 * Limits the time of a packet by a minimum rate. Otherwise one byte now and then
	 * would keep a connection open forever.
	 */
	private boolean isPacketLate(ConnectionSettings settings, long nowNanos) {
		if (this.packetLength == NO_PACKET) {
			return false;
		}
		long transfer = this.packetLength * SECOND / settings.packets().minReceiveRate();
		return nowNanos - this.packetSinceNanos > handshakeNanos(settings) + transfer;
	}

	private static long handshakeNanos(ConnectionSettings settings) {
		return settings.handshakeTimeout().toNanos();
	}

}
