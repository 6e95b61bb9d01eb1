package io.nanogame.boot.autoconfigure.actuate;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * All meters of the game server. Tags never contain data of clients, so a client cannot
 * create meters.
 */
public enum NanoMeter implements MeterDocumentation {

	/** Connected clients, by transport. */
	CONNECTIONS("nano.connections", Meter.Type.GAUGE, "connections", "Connected clients", Tag.TRANSPORT),

	/** Closed connections, by reason. */
	CONNECTIONS_CLOSED("nano.connections.closed", Meter.Type.COUNTER, null, "Closed connections", Tag.REASON),

	/** Sessions that are open. */
	SESSIONS("nano.sessions", Meter.Type.GAUGE, "sessions", "Open sessions"),

	/** Sessions whose connection was cut, and whose clients may resume them. */
	SESSIONS_DETACHED("nano.sessions.detached", Meter.Type.GAUGE, "sessions", "Open sessions without a connection"),

	/** Sent packets that clients have not confirmed, so that they can be sent again. */
	RESUME_BYTES("nano.resume.bytes", Meter.Type.GAUGE, "bytes", "Sent bytes kept until clients confirm them"),

	/** What has become of sessions whose connection was cut. */
	RESUME_OUTCOMES("nano.resume.outcomes", Meter.Type.COUNTER, null, "Outcomes of cut sessions", Tag.OUTCOME),

	/** The time from the cut of a connection until its session was resumed. */
	RESUME_AWAY("nano.resume.away", Meter.Type.TIMER, null, "Time without a connection of resumed sessions"),

	/** Groups that are open. */
	GROUPS("nano.groups", Meter.Type.GAUGE, "groups", "Open groups"),

	/** Rooms of this server, by kind. */
	ROOMS("nano.rooms", Meter.Type.GAUGE, "rooms", "Open rooms", Tag.KIND),

	/** Seats that are taken or reserved, by the kind of their rooms. */
	ROOM_PLAYERS("nano.room.players", Meter.Type.GAUGE, "players", "Taken and reserved seats of rooms", Tag.KIND),

	/** Ticks of rooms, with the time to send the changes of their states. */
	ROOM_TICKS("nano.room.ticks", Meter.Type.TIMER, null, "Ticks of rooms", Tag.KIND),

	/** Ticks that began more than half an interval late. */
	ROOM_TICKS_LATE("nano.room.ticks.late", Meter.Type.COUNTER, null, "Late ticks of rooms", Tag.KIND),

	/** Ticks that did not take place. */
	ROOM_TICKS_SKIPPED("nano.room.ticks.skipped", Meter.Type.COUNTER, null, "Skipped ticks of rooms", Tag.KIND),

	/** Written states and their changes, each of which has one or many receivers. */
	ROOM_STATES("nano.room.states", Meter.Type.DISTRIBUTION_SUMMARY, "bytes", "Written states of rooms", Tag.KIND,
			Tag.FORM),

	/** Tickets of this server that wait for a match, by queue. */
	MATCH_TICKETS("nano.match.tickets", Meter.Type.GAUGE, "tickets", "Tickets that wait for a match", Tag.QUEUE),

	/** Matches that this server has made, by queue. */
	MATCHES("nano.match.matches", Meter.Type.COUNTER, null, "Matches that this server has made", Tag.QUEUE),

	/** The time that tickets of this server have waited for their match. */
	MATCH_WAIT("nano.match.wait", Meter.Type.TIMER, null, "Time that tickets have waited for a match", Tag.QUEUE),

	/** Tickets of this server that have ended without a match. */
	MATCH_ENDED("nano.match.ended", Meter.Type.COUNTER, null, "Tickets that have ended without a match", Tag.QUEUE,
			Tag.REASON),

	/** Received messages, by type. */
	MESSAGES_RECEIVED("nano.messages.received", Meter.Type.COUNTER, null, "Received messages", Tag.TYPE),

	/** Sent messages, by type; each client of a broadcast counts. */
	MESSAGES_SENT("nano.messages.sent", Meter.Type.COUNTER, null, "Sent messages", Tag.TYPE),

	/** Pushes that were dropped because their client does not read. */
	PUSHES_DROPPED("nano.pushes.dropped", Meter.Type.COUNTER, null,
			"Pushes dropped because their client does not read, or is in its handshake"),

	/** Pushes that a newer one replaced while their client did not read. */
	PUSHES_COALESCED("nano.pushes.coalesced", Meter.Type.COUNTER, null,
			"Pushes replaced by a newer one while their client did not read"),

	/** Received bytes, without TLS. */
	BYTES_RECEIVED("nano.bytes.received", Meter.Type.COUNTER, null, "Received bytes, without TLS"),

	/** Sent bytes, without TLS. */
	BYTES_SENT("nano.bytes.sent", Meter.Type.COUNTER, null, "Sent bytes, without TLS"),

	/** Attempts to exceed a limit, which were rejected. */
	LIMITS_EXCEEDED("nano.limits.exceeded", Meter.Type.COUNTER, null, "Attempts to exceed a limit", Tag.LIMIT),

	/** Messages that were handled, from the start of the handler to its end. */
	HANDLER("nano.handler", Meter.Type.TIMER, null, "Handled messages", Tag.ROUTE, Tag.OUTCOME),

	/** The time between the receipt of messages and the start of their handlers. */
	HANDLER_WAIT("nano.handler.wait", Meter.Type.TIMER, null,
			"Time from the receipt of messages to the start of their handlers", Tag.ROUTE),

	/** Skipped turns of timers, because their task or lane was busy. */
	TIMER_SKIPPED("nano.timer.skipped", Meter.Type.COUNTER, null, "Skipped turns of timers"),

	/** Requests of the push API, until the gateways have confirmed. */
	PUSH_API_REQUESTS("nano.push.api.requests", Meter.Type.TIMER, null, "Requests of the push API", Tag.TARGET,
			Tag.OUTCOME),

	/** Calls of services that expect a reply, from the call to the reply. */
	SERVICE_CALLS("nano.service.calls", Meter.Type.TIMER, null, "Calls of services that expect a result", Tag.SERVICE,
			Tag.OUTCOME),

	/** Known nodes of the cluster, including this one. */
	CLUSTER_NODES("nano.cluster.nodes", Meter.Type.GAUGE, "nodes", "Nodes of the cluster, including this one"),

	/**
	 * Nodes that do not receive messages right now. Their sessions stay, and requests for
	 * them fail.
	 */
	CLUSTER_NODES_SUSPECT("nano.cluster.nodes.suspect", Meter.Type.GAUGE, "nodes",
			"Nodes that do not receive messages right now"),

	/**
	 * The time in which a message of this node to itself passes NATS and a reader: the
	 * last one, or one that has been on its way for longer.
	 */
	CLUSTER_ROUND_TRIP("nano.cluster.round.trip", Meter.Type.GAUGE, "seconds",
			"Time of a message to this node itself, until a reader has read it", Tag.READER),

	/** Bytes that wait for the network. */
	CLUSTER_BYTES_PENDING("nano.cluster.bytes.pending", Meter.Type.GAUGE, "bytes",
			"Published bytes that have not left for NATS"),

	/**
	 * Messages to nodes that these have not confirmed, which they do once a heartbeat.
	 */
	CLUSTER_MESSAGES_UNCONFIRMED("nano.cluster.messages.unconfirmed", Meter.Type.GAUGE, "messages",
			"NATS messages that other nodes have not confirmed", Tag.PEER),

	/** Requests that were forwarded to other nodes, from sending to completion. */
	CLUSTER_FORWARDED("nano.cluster.forwarded", Meter.Type.TIMER, null, "Requests that other nodes handled", Tag.PEER,
			Tag.OUTCOME),

	/**
	 * NATS messages to other nodes; one message may contain several requests or pushes.
	 */
	CLUSTER_MESSAGES_SENT("nano.cluster.messages.sent", Meter.Type.COUNTER, null, "NATS messages to other nodes",
			Tag.PEER),

	/**
	 * NATS messages from other nodes; one message may contain several requests or pushes.
	 */
	CLUSTER_MESSAGES_RECEIVED("nano.cluster.messages.received", Meter.Type.COUNTER, null,
			"NATS messages from other nodes", Tag.PEER),

	/** Bytes to other nodes, without the overhead of NATS. */
	CLUSTER_BYTES_SENT("nano.cluster.bytes.sent", Meter.Type.COUNTER, null, "Bytes to other nodes", Tag.PEER),

	/** Bytes from other nodes, without the overhead of NATS. */
	CLUSTER_BYTES_RECEIVED("nano.cluster.bytes.received", Meter.Type.COUNTER, null, "Bytes from other nodes", Tag.PEER),

	/**
	 * NATS messages that were dropped because the connection was lost, a queue was full,
	 * or the message was malformed.
	 */
	CLUSTER_MESSAGES_DROPPED("nano.cluster.messages.dropped", Meter.Type.COUNTER, null,
			"NATS messages dropped because of a lost connection, a slow node or an invalid format"),

	/** Sessions that move from one gateway to another right now. */
	CLUSTER_SESSIONS_MOVING("nano.cluster.sessions.moving", Meter.Type.GAUGE, "sessions",
			"Sessions that move to this node or from it, and clients that wait for one"),

	/** Reconnects to NATS. */
	CLUSTER_RECONNECTS("nano.cluster.reconnects", Meter.Type.COUNTER, null, "Reconnects to NATS");

	private final String name;

	private final Meter.Type type;

	private final @Nullable String baseUnit;

	private final String description;

	private final KeyName[] tags;

	/**
	 * The base unit; null for counters, whose names contain it, so that Prometheus does
	 * not repeat it.
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
		 * The transport of a client: {@code tcp}, {@code websocket} or {@code servlet}.
		 */
		TRANSPORT,

		/**
		 * The code of a {@code CloseReason}, or {@code other} for reasons of the game; or
		 * why a ticket has ended.
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
		 * {@code backlog-size}, {@code connections.} and the name of a listener,
		 * {@code validations}, {@code group-size} or {@code attributes}.
		 */
		LIMIT,

		/**
		 * The target of a push API request: {@code user}, {@code users}, {@code group},
		 * {@code all}, or {@code none} for any other.
		 */
		TARGET,

		/** A route of the server. */
		ROUTE,

		/** A kind of room. */
		KIND,

		/** A queue of the matchmaker. */
		QUEUE,

		/** The form of a state: {@code whole}, or {@code change}. */
		FORM,

		/** A service that this node calls. */
		SERVICE,

		/**
		 * The outcome. Of a message: {@code success}, {@code refused} (an intended
		 * error), {@code failed} or {@code timed-out}. Of a call: {@code success},
		 * {@code refused}, {@code failed}, {@code no-answer}, {@code not-there} or
		 * {@code cancelled}. Of a forwarded request: {@code success}, {@code error},
		 * {@code timed-out} or {@code lost}. Of a cut session: {@code resumed},
		 * {@code continued}, {@code moved}, {@code window-over}, {@code overflow},
		 * {@code evicted}, {@code closed} or {@code unknown-token}.
		 */
		OUTCOME,

		/**
		 * The configured name of another node; {@code *} for messages to all subscribers.
		 */
		PEER,

		/**
		 * The reader of NATS messages: {@code announcements}, which nothing delays, or
		 * {@code messages}.
		 */
		READER;

		@Override
		public String asString() {
			return Labels.of(this);
		}

	}

}
