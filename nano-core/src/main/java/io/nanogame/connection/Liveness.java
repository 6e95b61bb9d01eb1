package io.nanogame.connection;

import io.nanogame.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection may take: for its handshake, from one sign of life to the next,
 * for a packet that has begun, and for its last message to be read. Loop.
 */
final class Liveness {

	/** How long a client has to read its last message and close, in nanoseconds. */
	private static final long LINGER_NANOS = 2_000_000_000L;

	private static final long SECOND = 1_000_000_000L;

	private static final int NO_PACKET = -1;

	/** When this connection was made, last received from, or began to close. */
	private long sinceNanos;

	/** Whether bytes were received since the last sweep. */
	private boolean active;

	/** A ping was sent, and nothing was received since. */
	private boolean pinged;

	/** When the packet began that is not whole. */
	private long packetSinceNanos;

	/** How long it will be; 0 while that is not known. */
	private int packetLength = NO_PACKET;

	Liveness(long nowNanos) {
		this.sinceNanos = nowNanos;
	}

	/**
	 * A packet has begun that is not whole.
	 * @param length how long it will be; 0 while that is not known
	 * @param another whether it is another packet than the last time
	 */
	void awaitPacket(int length, boolean another, long nowNanos) {
		if (another || this.packetLength == NO_PACKET) {
			this.packetSinceNanos = nowNanos;
		}
		this.packetLength = length;
	}

	/** Bytes were received: a sign of life. */
	void received() {
		this.active = true;
	}

	/** No packet is waited for. */
	void awaitNothing() {
		this.packetLength = NO_PACKET;
	}

	/** The time for the last message begins, or begins anew. */
	void closing(long nowNanos) {
		this.sinceNanos = nowNanos;
	}

	boolean hasLingered(long nowNanos) {
		return nowNanos - this.sinceNanos > LINGER_NANOS;
	}

	/**
	 * Why the client has had enough time, if it has.
	 * @param working whether its handshake is over
	 * @param excused whether the client cannot give a sign of life now
	 * @param asked sends a ping when the client is silent; null for a client that sends
	 * heartbeats
	 */
	@Nullable CloseReason overdue(ConnectionSettings settings, long nowNanos, boolean working, boolean excused,
			@Nullable Wire asked) {
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
		if (asked == null || this.pinged) {
			return (silentNanos > settings.idleNanos()) ? CloseReason.HEARTBEAT_TIMEOUT : null;
		}
		if (silentNanos > settings.pingNanos()) {
			this.pinged = asked.ping();
		}
		return (!this.pinged && silentNanos > settings.idleTimeout().toNanos()) ? CloseReason.IDLE_TIMEOUT : null;
	}

	/**
	 * A packet need not hurry, but it has to come on: any byte would be a sign of life.
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
