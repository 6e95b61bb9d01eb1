package io.nanogame.session;

/**
 * A message whose end is pending, such as a request without a reply. Thread-safe.
 */
public interface PendingReply {

	/**
	 * Returns the id of the request.
	 * @return an unsigned number; 0 if no reply is expected
	 */
	long id();

	/**
	 * Returns the number of the client that has sent the request, see
	 * {@link SessionHandle#client()}.
	 * @return a number above 0; 0 if only the handler of the request can reply to it
	 */
	default int client() {
		return 0;
	}

	/**
	 * Returns the bytes of client data that the request holds.
	 * @return bytes; must not change
	 */
	default int weight() {
		return 0;
	}

	/**
	 * Replies to a deferred request. Any other is answered by its handler.
	 * @param value the payload of the response
	 * @return false if the request has been answered, or is not deferred
	 */
	default boolean reply(Object value) {
		return false;
	}

	/**
	 * Fails the request if its deadline has passed: with 503 if its handler has not
	 * started, and never will; with 408 if it has; with the code of a refusal that was
	 * waiting for its turn.
	 * @param nowNanos the time of the server
	 */
	void expire(long nowNanos);

	/** Fails the request as if its deadline had passed, because the server stops. */
	void abandon();

}
