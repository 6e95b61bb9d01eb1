package io.nanogame.connection;

import java.time.Duration;

/**
 * How a connection is treated, whatever it came by.
 *
 * @param heartbeat how often clients send a heartbeat, in whole seconds, at least one
 * @param handshakeTimeout how long a client may take from connecting to its ack
 * @param idleTimeout how long a client without heartbeats and pings may be silent
 * @param highWaterMark how many bytes may wait for a client that does not read
 * @param keepsQuery whether the query of a WebSocket's URL is kept when its session has
 * opened
 * @param limits how much clients may ask for
 * @param packets how long their packets may be, and how slow
 */
public record ConnectionSettings(Duration heartbeat, Duration handshakeTimeout, Duration idleTimeout, int highWaterMark,
		boolean keepsQuery, TransportLimits limits, PacketLimits packets) {

	/** A client is gone when it has been silent for so many heartbeats. */
	private static final double SILENT_HEARTBEATS = 2.5;

	public ConnectionSettings {
		if (heartbeat.toSeconds() < 1) {
			throw new IllegalArgumentException(
					"The heartbeat must be at least 1s, because clients read whole seconds, not " + heartbeat);
		}
	}

	/**
	 * The defaults.
	 * @return a heartbeat of 30 s, 10 s for a handshake, 5 minutes of silence without
	 * heartbeats, 1 MB for a client that does not read; the query is not kept, and there
	 * are no limits on clients
	 */
	public static ConnectionSettings defaults() {
		return new ConnectionSettings(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMinutes(5),
				1024 * 1024, false, TransportLimits.NONE, PacketLimits.defaults());
	}

	/** How long a client may be silent before it is pinged. */
	long pingNanos() {
		return Math.min(this.heartbeat.toNanos(), this.idleTimeout.toNanos());
	}

	long idleNanos() {
		return (long) (this.heartbeat.toNanos() * SILENT_HEARTBEATS);
	}

}
