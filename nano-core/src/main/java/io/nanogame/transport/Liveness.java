package io.nanogame.transport;

import io.nanogame.protocol.PacketDecoder;
import io.nanogame.session.CloseReason;
import io.nanogame.time.TimeSource;
import io.netty.buffer.ByteBuf;
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

	private final ConnectionSettings settings;

	private final TimeSource time;

	/** When this connection was made, last received from, or began to close. */
	private long sinceNanos;

	/** When the packet began that is not whole. */
	private long packetSinceNanos;

	/** How long its body will be; 0 until its header is whole. */
	private int packetLength = NO_PACKET;

	/** Whether something was read since the last sweep. */
	private boolean active;

	Liveness(ConnectionSettings settings, TimeSource time) {
		this.settings = settings;
		this.time = time;
		this.sinceNanos = time.nanoTime();
	}

	/** Something was read. */
	void received() {
		this.active = true;
	}

	/**
	 * Looks at what decoding has left.
	 * @param rest begins with a packet that is not whole, or is empty
	 * @param another whether that is another packet than the last time
	 * @param held whether the server has stopped reading, and awaits no packet
	 */
	void awaitRest(ByteBuf rest, boolean another, boolean held) {
		if (held || !rest.isReadable()) {
			this.packetLength = NO_PACKET;
			return;
		}
		if (another || this.packetLength == NO_PACKET) {
			this.packetSinceNanos = this.time.nanoTime();
		}
		this.packetLength = Math.max(0, PacketDecoder.announcedLength(rest));
	}

	/** No packet is waited for: no more bytes will come. */
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
	 * @param held whether the server is the one that does not read on
	 */
	@Nullable CloseReason overdue(long nowNanos, boolean working, boolean held) {
		if (!working) {
			return (nowNanos - this.sinceNanos > handshakeNanos()) ? CloseReason.HANDSHAKE_TIMEOUT : null;
		}
		if (isPacketLate(nowNanos)) {
			return CloseReason.PACKET_TIMEOUT;
		}
		if (this.active || held) {
			this.active = false;
			this.sinceNanos = nowNanos;
			return null;
		}
		return (nowNanos - this.sinceNanos > this.settings.idleNanos()) ? CloseReason.HEARTBEAT_TIMEOUT : null;
	}

	/**
	 * A packet need not hurry, but it has to come on: any byte would be a sign of life.
	 */
	private boolean isPacketLate(long nowNanos) {
		if (this.packetLength == NO_PACKET) {
			return false;
		}
		long transfer = this.packetLength * SECOND / this.settings.packets().minReceiveRate();
		return nowNanos - this.packetSinceNanos > handshakeNanos() + transfer;
	}

	private long handshakeNanos() {
		return this.settings.handshakeTimeout().toNanos();
	}

}
