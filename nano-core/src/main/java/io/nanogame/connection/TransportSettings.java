package io.nanogame.connection;

import java.time.Duration;

import io.nanogame.resume.ResumeSettings;

/**
 * The settings of connections and their messages.
 *
 * @param connection the settings of connections
 * @param dispatch the settings of received messages
 * @param compression the compression of sent messages
 * @param resume how sessions outlive their connections
 */
public record TransportSettings(ConnectionSettings connection, DispatchSettings dispatch,
		CompressionSettings compression, ResumeSettings resume) {

	/**
	 * Returns the defaults.
	 * @return settings for a server on the internet
	 */
	public static TransportSettings defaults() {
		return new TransportSettings(ConnectionSettings.defaults(), DispatchSettings.defaults(),
				CompressionSettings.defaults(), ResumeSettings.defaults());
	}

	/**
	 * Returns a builder with the defaults.
	 * @return a builder
	 */
	public static TransportSettingsBuilder builder() {
		return new TransportSettingsBuilder(defaults());
	}

	/**
	 * Returns the interval in which connections are swept.
	 * @return a quarter of the shortest time-out, 20 ms to 1 s
	 */
	public Duration sweepInterval() {
		long shortest = Math.min(
				Math.min(this.connection.heartbeat().toMillis(), this.connection.idleTimeout().toMillis()),
				Math.min(this.connection.handshakeTimeout().toMillis(), this.dispatch.requestTimeout().toMillis()));
		return Duration.ofMillis(Math.max(20, Math.min(1000, shortest / 4)));
	}

}
