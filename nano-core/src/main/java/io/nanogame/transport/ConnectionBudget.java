package io.nanogame.transport;

/**
 * What the server holds at most for a client, and how long for a packet that is on its
 * way. All lengths are in bytes.
 *
 * @param maxRequestLine the longest first line of an HTTP request, and with it the URL of
 * a WebSocket
 * @param maxHeaders the longest headers of such a request, all together
 * @param maxHandshakeLength the longest handshake taken; other packets may be longer only
 * behind it, and only when they carry a message
 * @param minReceiveRate how many bytes of a packet have to come in a second, beyond the
 * time a handshake may take
 * @param maxInflateRate how many bytes a second are inflated for one client; what its
 * last message adds delays the next one
 * @param maxBacklogBytes how many bytes the messages of a session that wait or run may
 * have, before it is not read from
 * @param keepsQuery whether the query of a WebSocket's URL is kept when its session has
 * opened
 */
public record ConnectionBudget(int maxRequestLine, int maxHeaders, int maxHandshakeLength, int minReceiveRate,
		int maxInflateRate, int maxBacklogBytes, boolean keepsQuery) {

	public ConnectionBudget {
		if (maxRequestLine < 1 || maxHeaders < 1 || maxHandshakeLength < 0 || minReceiveRate < 1 || maxInflateRate < 1
				|| maxBacklogBytes < 1) {
			throw new IllegalArgumentException("A budget must be at least one byte");
		}
	}

	/**
	 * The defaults.
	 * @return 8 KB for each of request line, headers and handshake, 1 KB a second of a
	 * packet, 256 KB a second inflated, 1 MB of messages; the query is not kept
	 */
	public static ConnectionBudget defaults() {
		return new ConnectionBudget(8 * 1024, 8 * 1024, 8 * 1024, 1024, 256 * 1024, 1024 * 1024, false);
	}

	/**
	 * The same budget with or without the query.
	 * @param keeps whether it is kept when the session has opened
	 * @return a new budget
	 */
	public ConnectionBudget keepingQuery(boolean keeps) {
		return new ConnectionBudget(this.maxRequestLine, this.maxHeaders, this.maxHandshakeLength, this.minReceiveRate,
				this.maxInflateRate, this.maxBacklogBytes, keeps);
	}

}
