package io.nanogame.protocol;

import io.nanogame.protocol.ProtocolException.Reason;

/**
 * The type of a message: three bits of its first byte.
 */
public enum MessageType {

	/**
	 * Client to server, expects a response.
	 */
	REQUEST(0, true, true),

	/**
	 * Client to server, expects no response.
	 */
	NOTIFY(1, false, true),

	/**
	 * Server to client, with the id of its request. It has no route: the client finds its
	 * request by the id.
	 */
	RESPONSE(2, true, false),

	/**
	 * Server to client, without a request.
	 */
	PUSH(3, false, true);

	private static final MessageType[] BY_CODE = { REQUEST, NOTIFY, RESPONSE, PUSH };

	private final int code;

	private final boolean hasId;

	private final boolean hasRoute;

	MessageType(int code, boolean hasId, boolean hasRoute) {
		this.code = code;
		this.hasId = hasId;
		this.hasRoute = hasRoute;
	}

	/**
	 * Returns the three bits on the wire.
	 * @return 0 to 3
	 */
	public int code() {
		return code;
	}

	/**
	 * Returns whether messages of this type have an id.
	 * @return {@code true} for requests and responses
	 */
	public boolean hasId() {
		return hasId;
	}

	/**
	 * Returns whether messages of this type have a route.
	 * @return {@code true} for all but responses
	 */
	public boolean hasRoute() {
		return hasRoute;
	}

	static MessageType of(int code) {
		if (code >= BY_CODE.length) {
			throw new ProtocolException(Reason.INVALID_MESSAGE_TYPE);
		}
		return BY_CODE[code];
	}

}
