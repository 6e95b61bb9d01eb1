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
			"Pushes dropped because their client does not read, or is in its handshake"),

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
	HANDLER("nano.handler", Meter.Type.TIMER, null, "Messages that were handled", Tag.ROUTE, Tag.OUTCOME),

	/** What messages waited for their handlers, from when they were received. */
	HANDLER_WAIT("nano.handler.wait", Meter.Type.TIMER, null, "How long messages waited for their handlers", Tag.ROUTE),

	/** Turns of timers that were left out, because their task or lane was busy. */
	TIMER_SKIPPED("nano.timer.skipped", Meter.Type.COUNTER, null, "Turns of timers that were left out"),

	/** Requests of the push API, until the gateways have answered. */
	PUSH_API_REQUESTS("nano.push.api.requests", Meter.Type.TIMER, null, "Requests of the push API", Tag.TARGET,
			Tag.OUTCOME),

	/** Calls of services that wait for an answer, from the call to the answer. */
	SERVICE_CALLS("nano.service.calls", Meter.Type.TIMER, null, "Calls of services that wait for an answer",
			Tag.SERVICE, Tag.OUTCOME),

	/** Nodes of the cluster that this one knows, itself among them. */
	CLUSTER_NODES("nano.cluster.nodes", Meter.Type.GAUGE, "nodes", "Nodes of the cluster, this one too"),

	/** Requests that were forwarded to other nodes, from when they left to their end. */
	CLUSTER_FORWARDED("nano.cluster.forwarded", Meter.Type.TIMER, null, "Requests that other nodes handled", Tag.PEER,
			Tag.OUTCOME),

	/** What was published to other nodes; several requests or pushes travel as one. */
	CLUSTER_MESSAGES_SENT("nano.cluster.messages.sent", Meter.Type.COUNTER, null, "NATS messages to other nodes",
			Tag.PEER),

	/** What came from other nodes; several requests or pushes travel as one. */
	CLUSTER_MESSAGES_RECEIVED("nano.cluster.messages.received", Meter.Type.COUNTER, null,
			"NATS messages from other nodes", Tag.PEER),

	/** Bytes to other nodes, without what NATS adds. */
	CLUSTER_BYTES_SENT("nano.cluster.bytes.sent", Meter.Type.COUNTER, null, "Bytes to other nodes", Tag.PEER),

	/** Bytes from other nodes, without what NATS adds. */
	CLUSTER_BYTES_RECEIVED("nano.cluster.bytes.received", Meter.Type.COUNTER, null, "Bytes from other nodes", Tag.PEER),

	/**
	 * What could not wait until NATS was there again, or until this node had time, and
	 * what came and was not understood.
	 */
	CLUSTER_MESSAGES_DROPPED("nano.cluster.messages.dropped", Meter.Type.COUNTER, null,
			"NATS messages dropped: the connection lost, this node too slow, or not understood"),

	/** How often the connection to NATS was lost and came back. */
	CLUSTER_RECONNECTS("nano.cluster.reconnects", Meter.Type.COUNTER, null,
			"Times the connection to NATS was lost and came back");

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
		 * {@code validations}, {@code group-size} or {@code attributes}.
		 */
		LIMIT,

		/**
		 * Whom a request of the push API is for: {@code user}, {@code users},
		 * {@code group}, {@code all}, or {@code none} when it was for something else.
		 */
		TARGET,

		/** The route, one of those the server has. */
		ROUTE,

		/** The service, one of those this node calls. */
		SERVICE,

		/**
		 * How it ended. A handling: {@code success}, {@code refused} (an error answered
		 * on purpose), {@code failed} or {@code timed-out}. A call: {@code success},
		 * {@code refused}, {@code failed}, {@code no-answer}, {@code not-there} or
		 * {@code cancelled}. A forwarded request: {@code success}, {@code error},
		 * {@code timed-out} or {@code lost}.
		 */
		OUTCOME,

		/**
		 * Other nodes by their name, which their operator has given; {@code *} for what
		 * goes to all who listen.
		 */
		PEER;

		@Override
		public String asString() {
			return Words.of(this);
		}

	}

}
