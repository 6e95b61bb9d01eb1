package io.nanogame.boot.autoconfigure.actuate;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * All meters of the game server. Tags never come from the wire: a client cannot make
 * meters.
 */
public enum NanoMeter implements MeterDocumentation {

	/** Clients that are connected, by the way they are. */
	CONNECTIONS("nano.connections", Meter.Type.GAUGE, "connections", "Clients that are connected", Tag.TRANSPORT),

	/** Connections that have ended, by why. */
	CONNECTIONS_CLOSED("nano.connections.closed", Meter.Type.COUNTER, null, "Connections that have ended", Tag.REASON),

	/** Sessions that are open. */
	SESSIONS("nano.sessions", Meter.Type.GAUGE, "sessions", "Sessions that are open"),

	/** Groups that are open. */
	GROUPS("nano.groups", Meter.Type.GAUGE, "groups", "Groups that are open"),

	/** Messages that came in, by type. */
	MESSAGES_RECEIVED("nano.messages.received", Meter.Type.COUNTER, null, "Messages that came in", Tag.TYPE),

	/** Messages that went out, by type; each client of a broadcast counts. */
	MESSAGES_SENT("nano.messages.sent", Meter.Type.COUNTER, null, "Messages that went out", Tag.TYPE),

	/** Pushes that were dropped because their client does not read. */
	PUSHES_DROPPED("nano.pushes.dropped", Meter.Type.COUNTER, null,
			"Pushes dropped because their client does not read"),

	/** Pushes that a newer one replaced while their client did not read. */
	PUSHES_COALESCED("nano.pushes.coalesced", Meter.Type.COUNTER, null,
			"Pushes replaced by a newer one while their client did not read"),

	/** Bytes that came in, without TLS. */
	BYTES_RECEIVED("nano.bytes.received", Meter.Type.COUNTER, null, "Bytes that came in, without TLS"),

	/** Bytes that went out, without TLS. */
	BYTES_SENT("nano.bytes.sent", Meter.Type.COUNTER, null, "Bytes that went out, without TLS"),

	/** What clients wanted beyond a limit and did not get. */
	LIMITS_EXCEEDED("nano.limits.exceeded", Meter.Type.COUNTER, null, "What was wanted beyond a limit", Tag.LIMIT),

	/** Messages that were handled, from the start of the handler to its end. */
	HANDLER("nano.handler", Meter.Type.TIMER, null, "Messages that were handled", Tag.ROUTE, Tag.OUTCOME);

	private final String name;

	private final Meter.Type type;

	private final @Nullable String baseUnit;

	private final String description;

	private final KeyName[] tags;

	/**
	 * Counters have no base unit: it is in their names, and Prometheus would repeat it.
	 */
	NanoMeter(String name, Meter.Type type, @Nullable String baseUnit, String description, KeyName... tags) {
		this.name = name;
		this.type = type;
		this.baseUnit = baseUnit;
		this.description = description;
		this.tags = tags;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.baseUnit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.tags.clone();
	}

	public String description() {
		return this.description;
	}

	/**
	 * The tags of the meters.
	 */
	public enum Tag implements KeyName {

		/**
		 * How a client is connected: {@code tcp}, {@code websocket} or {@code servlet}.
		 */
		TRANSPORT,

		/**
		 * Why a connection ended: the code of its {@code CloseReason}, or {@code other}
		 * for those the game has named itself.
		 */
		REASON,

		/**
		 * The type of a message: {@code request}, {@code notify}, {@code response} or
		 * {@code push}.
		 */
		TYPE,

		/**
		 * The limit: {@code connections}, {@code connections-per-address},
		 * {@code descriptors}, {@code requests-per-second}, {@code backlog},
		 * {@code group-size} or {@code attributes}.
		 */
		LIMIT,

		/** The route, one of those the server has. */
		ROUTE,

		/**
		 * How the handling ended: {@code success}, {@code refused} (an error answered on
		 * purpose), {@code failed} or {@code timed-out}.
		 */
		OUTCOME;

		@Override
		public String asString() {
			return Words.of(this);
		}

	}

}
