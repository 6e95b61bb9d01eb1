package io.nanogame.session;

import java.util.List;

/**
 * Why a connection ended. Every ending has one of these names, or one of the game's own.
 *
 * @param code a short lower-case name, used as metric tag and in logs
 * @param words the reason in a kick packet and in the close frame of a WebSocket
 * @param reconnect whether the client does well to come back by itself; if so it sees its
 * connection end, and if not it is kicked, which most clients take as final
 */
public record CloseReason(String code, String words, boolean reconnect) {

	/** The client closed, or its network did. */
	public static final CloseReason CLIENT_CLOSED = new CloseReason("client-closed", "closed by the client", true);

	/** {@link Session#close()} was called. */
	public static final CloseReason CLOSED = new CloseReason("closed", "closed by the server", true);

	/** The server stops. */
	public static final CloseReason SHUTDOWN = new CloseReason("shutdown", "the server is shutting down", true);

	/** Nothing came from the client for too long. */
	public static final CloseReason HEARTBEAT_TIMEOUT = new CloseReason("heartbeat-timeout", "no heartbeat", true);

	/** Nothing came for too long from a client that has no heartbeat. */
	public static final CloseReason IDLE_TIMEOUT = new CloseReason("idle-timeout", "idle for too long", true);

	/** A packet began to come and did not end. */
	public static final CloseReason PACKET_TIMEOUT = new CloseReason("packet-timeout", "a packet came too slowly",
			true);

	/** The client did not finish its handshake in time. */
	public static final CloseReason HANDSHAKE_TIMEOUT = new CloseReason("handshake-timeout", "no handshake in time",
			true);

	/** A validator refused the handshake, or it could not be read. */
	public static final CloseReason HANDSHAKE_REFUSED = new CloseReason("handshake-refused", "handshake refused",
			false);

	/** Data came before the handshake was over. */
	public static final CloseReason NO_HANDSHAKE = new CloseReason("no-handshake", "data before the handshake", false);

	/** The client does not read what it is sent. */
	public static final CloseReason SLOW_CONSUMER = new CloseReason("slow-consumer", "reading too slowly", true);

	/** All places are taken, or all that one address may have. */
	public static final CloseReason TOO_MANY_CONNECTIONS = new CloseReason("too-many-connections",
			"too many connections", true);

	/** The client sends more messages than it may. */
	public static final CloseReason TOO_MANY_REQUESTS = new CloseReason("too-many-requests", "too many requests",
			false);

	/** The player has logged in again, here or elsewhere. */
	public static final CloseReason REPLACED = new CloseReason("replaced", "logged in elsewhere", false);

	/** The player is logged in already, here or elsewhere, and stays so. */
	public static final CloseReason ALREADY_LOGGED_IN = new CloseReason("already-logged-in", "already logged in",
			false);

	/** A node of the cluster has lost the session, so the client has to begin anew. */
	public static final CloseReason SESSION_LOST = new CloseReason("session-lost", "the session was lost", true);

	/** The bytes are not the protocol's. */
	public static final CloseReason PROTOCOL_ERROR = new CloseReason("protocol-error", "protocol error", false);

	/** The client spoke in plain text where TLS is required. */
	public static final CloseReason TLS_REQUIRED = new CloseReason("tls-required", "this port takes TLS only", false);

	/** Client and server did not agree on TLS: no certificate, or one nobody trusts. */
	public static final CloseReason TLS_FAILED = new CloseReason("tls-failed", "TLS handshake failed", false);

	/** Something broke on the server's side of this connection. */
	public static final CloseReason SERVER_ERROR = new CloseReason("server-error", "internal server error", true);

	/** The code of {@link #kick(String)}. */
	private static final String KICK = "kick";

	/**
	 * The codes of the endings that have a name here.
	 * @return short lower-case names
	 */
	public static List<String> codes() {
		return List.of(CLIENT_CLOSED.code, CLOSED.code, KICK, REPLACED.code, ALREADY_LOGGED_IN.code, SESSION_LOST.code,
				SHUTDOWN.code, HEARTBEAT_TIMEOUT.code, IDLE_TIMEOUT.code, PACKET_TIMEOUT.code, HANDSHAKE_TIMEOUT.code,
				HANDSHAKE_REFUSED.code, NO_HANDSHAKE.code, SLOW_CONSUMER.code, PROTOCOL_ERROR.code, TLS_REQUIRED.code,
				TLS_FAILED.code, SERVER_ERROR.code, TOO_MANY_CONNECTIONS.code, TOO_MANY_REQUESTS.code);
	}

	/**
	 * The same ending with words of its own.
	 * @param otherWords what the client is told
	 * @return a reason with this code
	 */
	public CloseReason saying(String otherWords) {
		return new CloseReason(this.code, otherWords, this.reconnect);
	}

	/**
	 * The game kicks the client.
	 * @param words what the client is told
	 * @return the reason
	 */
	public static CloseReason kick(String words) {
		return new CloseReason(KICK, words, false);
	}

}
