package io.nanogame.connection;

import java.time.Duration;

import io.nanogame.resume.ResumeSettings;

/**
 * Builds settings from existing ones. Each method links to the component that it sets,
 * which documents the unit.
 *
 * @see TransportSettings#builder()
 */
public final class TransportSettingsBuilder {

	private Duration heartbeat;

	private Duration handshakeTimeout;

	private Duration idleTimeout;

	private int highWaterMark;

	private boolean keepsQuery;

	private TransportLimits limits;

	private int maxHandshakeLength;

	private int maxPacketLength;

	private int maxInflatedLength;

	private int minReceiveRate;

	private int maxInflateRate;

	private Duration requestTimeout;

	private int maxBacklog;

	private int maxBacklogBytes;

	private boolean logMessages;

	private CompressionSettings compression;

	private ResumeSettings resume;

	TransportSettingsBuilder(TransportSettings start) {
		ConnectionSettings connection = start.connection();
		this.heartbeat = connection.heartbeat();
		this.handshakeTimeout = connection.handshakeTimeout();
		this.idleTimeout = connection.idleTimeout();
		this.highWaterMark = connection.highWaterMark();
		this.keepsQuery = connection.keepsQuery();
		this.limits = connection.limits();
		PacketLimits packets = connection.packets();
		this.maxHandshakeLength = packets.maxHandshakeLength();
		this.maxPacketLength = packets.maxLength();
		this.maxInflatedLength = packets.maxInflatedLength();
		this.minReceiveRate = packets.minReceiveRate();
		this.maxInflateRate = packets.maxInflateRate();
		DispatchSettings dispatch = start.dispatch();
		this.requestTimeout = dispatch.requestTimeout();
		this.maxBacklog = dispatch.maxBacklog();
		this.maxBacklogBytes = dispatch.maxBacklogBytes();
		this.logMessages = dispatch.logMessages();
		this.compression = start.compression();
		this.resume = start.resume();
	}

	/** Sets {@link ConnectionSettings#heartbeat()}. */
	public TransportSettingsBuilder heartbeat(Duration interval) {
		this.heartbeat = interval;
		return this;
	}

	/** Sets {@link ConnectionSettings#handshakeTimeout()}. */
	public TransportSettingsBuilder handshakeTimeout(Duration timeout) {
		this.handshakeTimeout = timeout;
		return this;
	}

	/** Sets {@link ConnectionSettings#idleTimeout()}. */
	public TransportSettingsBuilder idleTimeout(Duration timeout) {
		this.idleTimeout = timeout;
		return this;
	}

	/** Sets {@link ConnectionSettings#highWaterMark()}. */
	public TransportSettingsBuilder highWaterMark(int bytes) {
		this.highWaterMark = bytes;
		return this;
	}

	/** Sets {@link ConnectionSettings#keepsQuery()}. */
	public TransportSettingsBuilder keepsQuery(boolean keeps) {
		this.keepsQuery = keeps;
		return this;
	}

	/** Sets {@link ConnectionSettings#limits()}. */
	public TransportSettingsBuilder limits(TransportLimits clientLimits) {
		this.limits = clientLimits;
		return this;
	}

	/** Sets {@link PacketLimits#maxHandshakeLength()}. */
	public TransportSettingsBuilder maxHandshakeLength(int bytes) {
		this.maxHandshakeLength = bytes;
		return this;
	}

	/** Sets {@link PacketLimits#maxLength()}. */
	public TransportSettingsBuilder maxPacketLength(int bytes) {
		this.maxPacketLength = bytes;
		return this;
	}

	/** Sets {@link PacketLimits#maxInflatedLength()}. */
	public TransportSettingsBuilder maxInflatedLength(int bytes) {
		this.maxInflatedLength = bytes;
		return this;
	}

	/** Sets {@link PacketLimits#minReceiveRate()}. */
	public TransportSettingsBuilder minReceiveRate(int bytesPerSecond) {
		this.minReceiveRate = bytesPerSecond;
		return this;
	}

	/** Sets {@link PacketLimits#maxInflateRate()}. */
	public TransportSettingsBuilder maxInflateRate(int bytesPerSecond) {
		this.maxInflateRate = bytesPerSecond;
		return this;
	}

	/** Sets {@link DispatchSettings#requestTimeout()}. */
	public TransportSettingsBuilder requestTimeout(Duration timeout) {
		this.requestTimeout = timeout;
		return this;
	}

	/** Sets {@link DispatchSettings#maxBacklog()}. */
	public TransportSettingsBuilder maxBacklog(int messages) {
		this.maxBacklog = messages;
		return this;
	}

	/** Sets {@link DispatchSettings#maxBacklogBytes()}. */
	public TransportSettingsBuilder maxBacklogBytes(int bytes) {
		this.maxBacklogBytes = bytes;
		return this;
	}

	/** Sets {@link DispatchSettings#logMessages()}. */
	public TransportSettingsBuilder logMessages(boolean logged) {
		this.logMessages = logged;
		return this;
	}

	/** Sets {@link TransportSettings#compression()}. */
	public TransportSettingsBuilder compression(CompressionSettings settings) {
		this.compression = settings;
		return this;
	}

	/** Sets {@link TransportSettings#resume()}. */
	public TransportSettingsBuilder resume(ResumeSettings settings) {
		this.resume = settings;
		return this;
	}

	/**
	 * Builds the settings.
	 * @return valid settings
	 * @throws IllegalArgumentException when a setting is invalid
	 */
	public TransportSettings build() {
		PacketLimits packets = new PacketLimits(this.maxHandshakeLength, this.maxPacketLength, this.maxInflatedLength,
				this.minReceiveRate, this.maxInflateRate);
		return new TransportSettings(
				new ConnectionSettings(this.heartbeat, this.handshakeTimeout, this.idleTimeout, this.highWaterMark,
						this.keepsQuery, this.limits, packets),
				new DispatchSettings(this.requestTimeout, this.maxBacklog, this.maxBacklogBytes, this.logMessages),
				this.compression, this.resume);
	}

}
