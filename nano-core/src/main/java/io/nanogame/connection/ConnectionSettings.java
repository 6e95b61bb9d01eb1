package io.nanogame.connection;

import java.time.Duration;

/**
 * The settings of connections, for all transports.
 *
 * @param heartbeat the interval of the clients' heartbeats, in whole seconds, at least
 * one
 * @param handshakeTimeout the maximum time from the connect of a client to its ack
 * @param idleTimeout the maximum silence of a client without heartbeats and pings
 * @param highWaterMark the maximum number of bytes that are queued for a client that does
 * not read
 * @param keepsQuery whether the query of a WebSocket's URL is kept after its session has
 * opened
 * @param limits the limits on clients
 * @param packets the limits on their packets
 */
public record ConnectionSettings(Duration heartbeat, Duration handshakeTimeout, Duration idleTimeout, int highWaterMark,
		boolean keepsQuery, TransportLimits limits, PacketLimits packets) {

	/** The number of heartbeats after which a silent client is disconnected. */
	private static final double SILENT_HEARTBEATS = 2.5;

	public ConnectionSettings {
		if (heartbeat.toSeconds() < 1) {
			throw new IllegalArgumentException(
					"The heartbeat must be at least 1s, because clients read whole seconds, not " + heartbeat);
		}
	}

	/**
	 * Returns the defaults.
	 * @return a heartbeat of 30 s, 10 s for a handshake, 5 minutes of silence without
	 * heartbeats, 1 MB for a client that does not read; the query is not kept, and there
	 * are no limits on clients
	 */
	public static ConnectionSettings defaults() {
		return new ConnectionSettings(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMinutes(5),
				1024 * 1024, false, TransportLimits.NONE, PacketLimits.defaults());
	}

	/** Returns the silence after which a client is pinged. */
	long pingNanos() {
		return Math.min(this.heartbeat.toNanos(), this.idleTimeout.toNanos());
	}

	long idleNanos() {
		return (long) (this.heartbeat.toNanos() * SILENT_HEARTBEATS);
	}

}
