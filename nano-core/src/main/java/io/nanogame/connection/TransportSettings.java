package io.nanogame.connection;

import java.time.Duration;

/**
 * How a server treats its clients: their connections and their messages.
 *
 * @param connection how a connection is treated
 * @param dispatch what becomes of messages that were read
 */
public record TransportSettings(ConnectionSettings connection, DispatchSettings dispatch) {

	/**
	 * The defaults.
	 * @return settings for a server on the internet
	 */
	public static TransportSettings defaults() {
		return new TransportSettings(ConnectionSettings.defaults(), DispatchSettings.defaults());
	}

	/**
	 * The defaults, to be changed one by one.
	 * @return a builder
	 */
	public static TransportSettingsBuilder builder() {
		return new TransportSettingsBuilder(defaults());
	}

	/**
	 * How often connections are looked at.
	 * @return often enough for the shortest of the times
	 */
	public Duration sweepInterval() {
		long shortest = Math.min(
				Math.min(this.connection.heartbeat().toMillis(), this.connection.idleTimeout().toMillis()),
				Math.min(this.connection.handshakeTimeout().toMillis(), this.dispatch.requestTimeout().toMillis()));
		return Duration.ofMillis(Math.max(20, Math.min(1000, shortest / 4)));
	}

}
