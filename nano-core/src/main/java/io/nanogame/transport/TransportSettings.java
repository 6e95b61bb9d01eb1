package io.nanogame.transport;

import java.time.Duration;
import java.util.List;

/**
 * How connections are treated.
 *
 * @param heartbeat how often clients send a heartbeat, in whole seconds, at least one
 * @param handshakeTimeout how long a client may take from connecting to its ack
 * @param requestTimeout how long a request may take, from when it was read
 * @param maxPacketLength the longest packet body taken, in bytes
 * @param maxInflatedLength the longest body a compressed one may become, in bytes
 * @param maxBacklog how many messages of a session may wait before it is not read from
 * @param highWaterMark how many bytes may wait for a client that does not read
 * @param tcp whether packets are taken on the bare socket
 * @param webSocket whether WebSockets are
 * @param webSocketPath the only path for them; empty for any
 * @param allowedOrigins origins of pages that may connect besides those of this host;
 * {@code *} for all
 * @param logMessages whether each message is logged: type, route, id and length
 * @param limits how much clients may ask for
 * @param budget what is held for one of them
 */
public record TransportSettings(Duration heartbeat, Duration handshakeTimeout, Duration requestTimeout,
		int maxPacketLength, int maxInflatedLength, int maxBacklog, int highWaterMark, boolean tcp, boolean webSocket,
		String webSocketPath, List<String> allowedOrigins, boolean logMessages, TransportLimits limits,
		ConnectionBudget budget) {

	/** A client is gone when it has been silent for so many heartbeats. */
	private static final double SILENT_HEARTBEATS = 2.5;

	public TransportSettings {
		if (heartbeat.toSeconds() < 1) {
			throw new IllegalArgumentException(
					"The heartbeat must be at least 1s, because clients read whole seconds, not " + heartbeat);
		}
		if (!tcp && !webSocket) {
			throw new IllegalArgumentException("TCP and WebSocket are both switched off; leave one of them on");
		}
	}

	/**
	 * Settings with the default budget.
	 */
	public TransportSettings(Duration heartbeat, Duration handshakeTimeout, Duration requestTimeout,
			int maxPacketLength, int maxInflatedLength, int maxBacklog, int highWaterMark, boolean tcp,
			boolean webSocket, String webSocketPath, List<String> allowedOrigins, boolean logMessages,
			TransportLimits limits) {
		this(heartbeat, handshakeTimeout, requestTimeout, maxPacketLength, maxInflatedLength, maxBacklog, highWaterMark,
				tcp, webSocket, webSocketPath, allowedOrigins, logMessages, limits, ConnectionBudget.defaults());
	}

	/**
	 * Settings without limits on clients.
	 */
	public TransportSettings(Duration heartbeat, Duration handshakeTimeout, Duration requestTimeout,
			int maxPacketLength, int maxInflatedLength, int maxBacklog, int highWaterMark, boolean tcp,
			boolean webSocket, String webSocketPath, List<String> allowedOrigins, boolean logMessages) {
		this(heartbeat, handshakeTimeout, requestTimeout, maxPacketLength, maxInflatedLength, maxBacklog, highWaterMark,
				tcp, webSocket, webSocketPath, allowedOrigins, logMessages, TransportLimits.NONE);
	}

	/**
	 * The same settings with other limits on clients.
	 * @param others the limits
	 * @return new settings
	 */
	public TransportSettings with(TransportLimits others) {
		return new TransportSettings(this.heartbeat, this.handshakeTimeout, this.requestTimeout, this.maxPacketLength,
				this.maxInflatedLength, this.maxBacklog, this.highWaterMark, this.tcp, this.webSocket,
				this.webSocketPath, this.allowedOrigins, this.logMessages, others, this.budget);
	}

	/**
	 * The same settings with another budget of a connection.
	 * @param other the budget
	 * @return new settings
	 */
	public TransportSettings with(ConnectionBudget other) {
		return new TransportSettings(this.heartbeat, this.handshakeTimeout, this.requestTimeout, this.maxPacketLength,
				this.maxInflatedLength, this.maxBacklog, this.highWaterMark, this.tcp, this.webSocket,
				this.webSocketPath, this.allowedOrigins, this.logMessages, this.limits, other);
	}

	/**
	 * The defaults.
	 * @return settings for a server on the internet
	 */
	public static TransportSettings defaults() {
		return new TransportSettings(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(30), 64 * 1024,
				1024 * 1024, 256, 1024 * 1024, true, true, "", List.of(), false);
	}

	long idleNanos() {
		return (long) (this.heartbeat.toNanos() * SILENT_HEARTBEATS);
	}

	/**
	 * How often connections are looked at.
	 * @return often enough for the shortest of the times
	 */
	public Duration sweepInterval() {
		long shortest = Math.min(this.heartbeat.toMillis(),
				Math.min(this.handshakeTimeout.toMillis(), this.requestTimeout.toMillis()));
		return Duration.ofMillis(Math.max(20, Math.min(1000, shortest / 4)));
	}

}
