package io.nanogame.protocol;

/**
 * One message. Its body is plain bytes that nobody has to release, so it may be kept and
 * handed to any thread; nobody may change the bytes.
 * <p>
 * Two messages are equal only if they share the body array.
 *
 * @param type what the message is for
 * @param id ties a response to its request: unsigned, 64 bits, chosen by the client. 0
 * for notify and push; a request with 0 cannot be answered in nano and pitaya.
 * @param route whom it is for, for example {@code room.join}; empty for responses
 * @param body the payload, never compressed, may be empty
 * @param error whether the body of a response is an error; always {@code false} for other
 * types
 */
public record Message(MessageType type, long id, String route, byte[] body, boolean error) {

	/**
	 * Creates a request.
	 * @param id unsigned; not 0, if it is to be answered
	 * @param route whom it is for
	 * @param body the payload, may be empty
	 * @return the message
	 */
	public static Message request(long id, String route, byte[] body) {
		return new Message(MessageType.REQUEST, id, route, body, false);
	}

	/**
	 * Creates a notify.
	 * @param route whom it is for
	 * @param body the payload, may be empty
	 * @return the message
	 */
	public static Message notify(String route, byte[] body) {
		return new Message(MessageType.NOTIFY, 0, route, body, false);
	}

	/**
	 * Creates a response.
	 * @param id the id of the request
	 * @param body the result; JSON clients do not survive an empty one
	 * @return the message
	 */
	public static Message response(long id, byte[] body) {
		return new Message(MessageType.RESPONSE, id, "", body, false);
	}

	/**
	 * Creates a response that is marked as an error. Only pitaya clients know the mark:
	 * browsers overlook it, libpomelo and libpomelo2 drop the connection.
	 * @param id the id of the request
	 * @param body the error; JSON clients do not survive an empty one
	 * @return the message
	 */
	public static Message errorResponse(long id, byte[] body) {
		return new Message(MessageType.RESPONSE, id, "", body, true);
	}

	/**
	 * Creates a push.
	 * @param route what the client listens for
	 * @param body the payload; JSON clients do not survive an empty one
	 * @return the message
	 */
	public static Message push(String route, byte[] body) {
		return new Message(MessageType.PUSH, 0, route, body, false);
	}

}
