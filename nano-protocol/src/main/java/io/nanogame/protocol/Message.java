package io.nanogame.protocol;

/**
 * One message. Its body is a plain array, so a message need not be released and may be
 * kept and passed to any thread. The array must not be modified.
 * <p>
 * Two messages are equal only if they share the body array.
 *
 * @param type what the message is for
 * @param id ties a response to its request: unsigned, 64 bits, chosen by the client. 0
 * for notify and push; nano and pitaya cannot respond to a request with 0.
 * @param route the route, for example {@code room.join}; empty for responses
 * @param body the payload, never compressed, may be empty
 * @param error whether the body of a response is an error; always {@code false} for other
 * types
 */
public record Message(MessageType type, long id, String route, byte[] body, boolean error) {

	/**
	 * Creates a request.
	 * @param id unsigned; not 0 if a response is expected
	 * @param route the route
	 * @param body the payload, may be empty
	 * @return the message
	 */
	public static Message request(long id, String route, byte[] body) {
		return new Message(MessageType.REQUEST, id, route, body, false);
	}

	/**
	 * Creates a notify.
	 * @param route the route
	 * @param body the payload, may be empty
	 * @return the message
	 */
	public static Message notify(String route, byte[] body) {
		return new Message(MessageType.NOTIFY, 0, route, body, false);
	}

	/**
	 * Creates a response.
	 * @param id the id of the request
	 * @param body the result; JSON clients fail on an empty one
	 * @return the message
	 */
	public static Message response(long id, byte[] body) {
		return new Message(MessageType.RESPONSE, id, "", body, false);
	}

	/**
	 * Creates a response with the error flag. Only pitaya clients know the flag: browsers
	 * ignore it, libpomelo and libpomelo2 drop the connection.
	 * @param id the id of the request
	 * @param body the error; JSON clients fail on an empty one
	 * @return the message
	 */
	public static Message errorResponse(long id, byte[] body) {
		return new Message(MessageType.RESPONSE, id, "", body, true);
	}

	/**
	 * Creates a push.
	 * @param route the route that the client listens to
	 * @param body the payload; JSON clients fail on an empty one
	 * @return the message
	 */
	public static Message push(String route, byte[] body) {
		return new Message(MessageType.PUSH, 0, route, body, false);
	}

}
