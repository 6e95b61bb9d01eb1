package io.nanogame.session;

import java.util.List;

/**
 * The reason why a connection ends: one of these constants, or one of the game.
 *
 * @param code a short lower-case name, the tag of meters and in logs
 * @param message the message for the client, in a kick packet and in the close frame of a
 * WebSocket
 * @param reconnect whether the client should reconnect automatically. If so, its
 * connection is closed; if not, it is kicked, after which most clients do not reconnect.
 * Clients that were rejected have received a reply instead of a kick
 */
public record CloseReason(String code, String message, boolean reconnect) {

	/**
	 * The client has disconnected, or its network has failed. If a raw WebSocket was
	 * closed with a code, the message ends with the code and the text of the client,
	 * which may be any text. Compare with {@link #isByClient()}.
	 */
	public static final CloseReason CLIENT_CLOSED = new CloseReason("client-closed", "closed by the client", true);

	/** {@link Session#close()} was called. */
	public static final CloseReason CLOSED = new CloseReason("closed", "closed by the server", true);

	/** The server stops. */
	public static final CloseReason SHUTDOWN = new CloseReason("shutdown", "the server is shutting down", true);

	/** The client has sent nothing for longer than the heartbeat allows. */
	public static final CloseReason HEARTBEAT_TIMEOUT = new CloseReason("heartbeat-timeout", "no heartbeat", true);

	/** A client without heartbeat has sent nothing for too long. */
	public static final CloseReason IDLE_TIMEOUT = new CloseReason("idle-timeout", "idle for too long", true);

	/** A packet was started and not completed in time. */
	public static final CloseReason PACKET_TIMEOUT = new CloseReason("packet-timeout", "a packet came too slowly",
			true);

	/** The client did not finish its handshake in time. */
	public static final CloseReason HANDSHAKE_TIMEOUT = new CloseReason("handshake-timeout", "no handshake in time",
			true);

	/** A validator has rejected the handshake, or it could not be read. */
	public static final CloseReason HANDSHAKE_REFUSED = new CloseReason("handshake-refused", "handshake refused",
			false);

	/** The client has sent data before the end of its handshake. */
	public static final CloseReason NO_HANDSHAKE = new CloseReason("no-handshake", "data before the handshake", false);

	/** The client does not read the messages that are sent to it. */
	public static final CloseReason SLOW_CONSUMER = new CloseReason("slow-consumer", "reading too slowly", true);

	/** The limit of connections is reached, in total or for one address. */
	public static final CloseReason TOO_MANY_CONNECTIONS = new CloseReason("too-many-connections",
			"too many connections", true);

	/** Clients of the address may not connect. */
	public static final CloseReason ADDRESS_DENIED = new CloseReason("address-denied", "address denied", false);

	/** The client has exceeded its request rate. */
	public static final CloseReason TOO_MANY_REQUESTS = new CloseReason("too-many-requests", "too many requests",
			false);

	/** The player has logged in again, on this server or another one. */
	public static final CloseReason REPLACED = new CloseReason("replaced", "logged in elsewhere", false);

	/** The player is logged in already, on this server or another one. */
	public static final CloseReason ALREADY_LOGGED_IN = new CloseReason("already-logged-in", "already logged in",
			false);

	/** The other servers do not reply whether the player is logged in already. */
	public static final CloseReason LOGIN_UNCHECKED = new CloseReason("login-unchecked",
			"cannot check whether the player is logged in", true);

	/** A node of the cluster has lost the session, so the client must reconnect. */
	public static final CloseReason SESSION_LOST = new CloseReason("session-lost", "the session was lost", true);

	/** The client has violated the protocol. */
	public static final CloseReason PROTOCOL_ERROR = new CloseReason("protocol-error", "protocol error", false);

	/** The client does not use TLS where it is required. */
	public static final CloseReason TLS_REQUIRED = new CloseReason("tls-required", "this port takes TLS only", false);

	/** The TLS handshake has failed, such as without a trusted certificate. */
	public static final CloseReason TLS_FAILED = new CloseReason("tls-failed", "TLS handshake failed", false);

	/** The server's side of the connection has failed. */
	public static final CloseReason SERVER_ERROR = new CloseReason("server-error", "internal server error", true);

	/** A text message of a WebSocket is not valid UTF-8. */
	public static final CloseReason INVALID_TEXT = new CloseReason("invalid-text", "text is not valid UTF-8", false);

	/** A message of a WebSocket is longer than the server accepts. */
	public static final CloseReason MESSAGE_TOO_LARGE = new CloseReason("message-too-large", "message too large",
			false);

	/** A message has failed, and its protocol has no replies for errors. */
	public static final CloseReason MESSAGE_FAILED = new CloseReason("message-failed", "a message failed", true);

	/** Too many sessions without a connection, or too many bytes, are kept. */
	public static final CloseReason RESUME_LIMIT = new CloseReason("resume-limit", "too many sessions are kept", true);

	/** Another connection of the client has resumed the session. */
	public static final CloseReason RESUMED_ELSEWHERE = new CloseReason("resumed-elsewhere",
			"resumed by another connection", true);

	private static final String WEB_SOCKET = "websocket-";

	private static final int MIN_PRIVATE = 4000;

	private static final int MAX_PRIVATE = 4999;

	/** The code of {@link #kick(String)}. */
	private static final String KICK = "kick";

	/**
	 * Returns the codes of all constants and of {@link #kick(String)}.
	 * @return short lower-case names
	 */
	public static List<String> codes() {
		return List.of(CLIENT_CLOSED.code, CLOSED.code, KICK, REPLACED.code, ALREADY_LOGGED_IN.code,
				LOGIN_UNCHECKED.code, SESSION_LOST.code, SHUTDOWN.code, HEARTBEAT_TIMEOUT.code, IDLE_TIMEOUT.code,
				PACKET_TIMEOUT.code, HANDSHAKE_TIMEOUT.code, HANDSHAKE_REFUSED.code, NO_HANDSHAKE.code,
				SLOW_CONSUMER.code, PROTOCOL_ERROR.code, TLS_REQUIRED.code, TLS_FAILED.code, SERVER_ERROR.code,
				TOO_MANY_CONNECTIONS.code, ADDRESS_DENIED.code, TOO_MANY_REQUESTS.code, INVALID_TEXT.code,
				MESSAGE_TOO_LARGE.code, MESSAGE_FAILED.code, RESUME_LIMIT.code, RESUMED_ELSEWHERE.code);
	}

	/**
	 * Returns this reason with another message.
	 * @param otherMessage the message for the client
	 * @return a reason with this code
	 */
	public CloseReason withMessage(String otherMessage) {
		return new CloseReason(this.code, otherMessage, this.reconnect);
	}

	/**
	 * Returns the reason of a kick by the game.
	 * @param message the message for the client
	 * @return the reason
	 */
	public static CloseReason kick(String message) {
		return new CloseReason(KICK, message, false);
	}

	/**
	 * Returns a reason of the game with its own close code for WebSockets. Other clients
	 * are kicked with the message.
	 * @param status 4000 to 4999
	 * @param message the message for the client; the close frame contains at most 123
	 * bytes of it
	 * @return a reason whose code is {@code websocket-} and the status
	 * @throws IllegalArgumentException when the status is out of range
	 */
	public static CloseReason webSocket(int status, String message) {
		if (!isPrivate(status)) {
			throw new IllegalArgumentException(
					"A close code of a game is %d to %d, not %d".formatted(MIN_PRIVATE, MAX_PRIVATE, status));
		}
		return new CloseReason(WEB_SOCKET + status, message, false);
	}

	private static boolean isPrivate(int status) {
		return status >= MIN_PRIVATE && status <= MAX_PRIVATE;
	}

	/**
	 * Returns the close code of the game for WebSockets.
	 * @return 4000 to 4999; 0 for other reasons than those of {@link #webSocket}
	 */
	public int webSocketStatus() {
		if (!this.code.startsWith(WEB_SOCKET) || this.code.length() != WEB_SOCKET.length() + 4) {
			return 0;
		}
		try {
			int status = Integer.parseInt(this.code.substring(WEB_SOCKET.length()));
			return isPrivate(status) ? status : 0;
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	/**
	 * Returns whether the connection was lost, or the client was silent, so that it may
	 * return.
	 * @return true for the reasons of a client or network that does not send any more
	 */
	public boolean isCut() {
		return isByClient() || this.code.equals(HEARTBEAT_TIMEOUT.code) || this.code.equals(IDLE_TIMEOUT.code)
				|| this.code.equals(PACKET_TIMEOUT.code);
	}

	/**
	 * Returns whether the client has ended the connection, or its network.
	 * @return true with the code of {@link #CLIENT_CLOSED}, whatever the message
	 */
	public boolean isByClient() {
		return this.code.equals(CLIENT_CLOSED.code);
	}

}
