package io.nanogame.protocol;

/**
 * Thrown for bytes that violate the protocol, or for a value that it cannot carry.
 * Decoders of this package throw no other exception, whatever the bytes.
 * <p>
 * It has no stack trace, because a peer can cause it at will and a stack trace is
 * expensive. The reason identifies the check that failed.
 */
public final class ProtocolException extends RuntimeException {

	private final Reason reason;

	/**
	 * Creates the exception with the message of the reason.
	 * @param reason what is wrong
	 */
	public ProtocolException(Reason reason) {
		super(reason.message(), null, false, false);
		this.reason = reason;
	}

	ProtocolException(Reason reason, Throwable cause) {
		super(reason.message(), cause, false, false);
		this.reason = reason;
	}

	/**
	 * Returns what is wrong.
	 * @return one of a fixed set, fit for a metric tag
	 */
	public Reason reason() {
		return reason;
	}

	/**
	 * The violations that a decoder or encoder detects.
	 */
	public enum Reason {

		/**
		 * The first bytes belong to no protocol that the listener serves.
		 */
		UNKNOWN_PROTOCOL("unknown protocol"),

		/**
		 * The first byte of a packet is not 1 to 5.
		 */
		INVALID_PACKET_TYPE("invalid packet type"),

		/**
		 * The body of a packet is longer than the receiver accepts or the header can
		 * express.
		 */
		PACKET_TOO_LARGE("packet too large"),

		/**
		 * The length in the header of a packet is less than what it counts.
		 */
		BAD_LENGTH("the length is too small for a header"),

		/**
		 * The id of a packet is not that of a handler.
		 */
		UNKNOWN_ID("unknown id"),

		/**
		 * A packet that carries no message is longer than the receiver accepts.
		 */
		HANDSHAKE_TOO_LARGE("handshake too large"),

		/**
		 * A message has fewer than two bytes.
		 */
		MESSAGE_TOO_SHORT("message too short"),

		/**
		 * The message type is 4 to 7.
		 */
		INVALID_MESSAGE_TYPE("invalid message type"),

		/**
		 * The message ends inside its id.
		 */
		TRUNCATED_MESSAGE_ID("truncated message id"),

		/**
		 * The message id has more than ten bytes or 64 bits.
		 */
		MESSAGE_ID_TOO_LONG("message id too long"),

		/**
		 * The message ends inside its route or route code.
		 */
		TRUNCATED_ROUTE("truncated route"),

		/**
		 * The route code is not in the dictionary.
		 */
		UNKNOWN_ROUTE_CODE("unknown route code"),

		/**
		 * A body that is marked as compressed is neither zlib nor gzip, is truncated, or
		 * has trailing bytes.
		 */
		BAD_COMPRESSED_BODY("bad compressed body"),

		/**
		 * A body is compressed, and the receiver accepts no compressed bodies.
		 */
		COMPRESSED_BODY("compressed bodies are not taken"),

		/**
		 * A compressed body would be longer than the receiver accepts.
		 */
		INFLATED_BODY_TOO_LARGE("inflated body too large"),

		/**
		 * A handshake is not JSON, or not of the specified shape.
		 */
		BAD_HANDSHAKE("bad handshake"),

		/**
		 * A heartbeat of a session that can be resumed does not contain a number of
		 * packets, or one that is impossible.
		 */
		BAD_ACKNOWLEDGEMENT("bad acknowledgement"),

		/**
		 * The user part of a handshake does not fit the type that the game reads it as.
		 */
		BAD_USER_PART("bad user part of the handshake"),

		/**
		 * A message is not a JSON object.
		 */
		BAD_JSON("not a JSON object"),

		/**
		 * A JSON message has no route, or one that is not text of 1 to 255 characters.
		 */
		BAD_ROUTE("the route must be text of 1 to 255 characters"),

		/**
		 * The id of a JSON message is not a whole number, or out of range.
		 */
		BAD_ID("the id must be a whole number from 1 to 9007199254740991"),

		/**
		 * A route to be sent has more than 255 bytes of UTF-8.
		 */
		ROUTE_TOO_LONG("route too long");

		private final String message;

		Reason(String message) {
			this.message = message;
		}

		/**
		 * Returns the message of exceptions with this reason.
		 * @return a lower-case phrase, never empty
		 */
		public String message() {
			return message;
		}

	}

}
