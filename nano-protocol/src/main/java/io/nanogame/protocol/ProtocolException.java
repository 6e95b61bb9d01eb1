package io.nanogame.protocol;

/**
 * Bytes that are not this protocol, or a value that it cannot carry. The only exception a
 * decoder of this package throws, whatever the bytes.
 * <p>
 * It has no stack trace, because a peer can cause it at will and must not make the
 * receiver work for it; the reason says where it comes from.
 */
public final class ProtocolException extends RuntimeException {

	private final Reason reason;

	/**
	 * Creates the exception; its message is the words of the reason.
	 * @param reason what is wrong
	 */
	public ProtocolException(Reason reason) {
		super(reason.words(), null, false, false);
		this.reason = reason;
	}

	ProtocolException(Reason reason, Throwable cause) {
		super(reason.words(), cause, false, false);
		this.reason = reason;
	}

	/**
	 * What is wrong.
	 * @return one of a fixed set, fit for a metric tag
	 */
	public Reason reason() {
		return reason;
	}

	/**
	 * Everything that can be wrong.
	 */
	public enum Reason {

		/**
		 * The first byte of a packet is not 1 to 5.
		 */
		INVALID_PACKET_TYPE("invalid packet type"),

		/**
		 * The body of a packet is longer than the receiver takes or the header can say.
		 */
		PACKET_TOO_LARGE("packet too large"),

		/**
		 * A packet in front of, or without, a message is longer than the receiver takes.
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
		 * A body that is marked as compressed is neither zlib nor gzip, is cut, or has
		 * something behind its end.
		 */
		BAD_COMPRESSED_BODY("bad compressed body"),

		/**
		 * A body is compressed, and the receiver takes none that are.
		 */
		COMPRESSED_BODY("compressed bodies are not taken"),

		/**
		 * A compressed body would be longer than the receiver takes.
		 */
		INFLATED_BODY_TOO_LARGE("inflated body too large"),

		/**
		 * A handshake is not JSON, or not of the shape that was agreed on.
		 */
		BAD_HANDSHAKE("bad handshake"),

		/**
		 * The user part of a handshake is not of the type that the game asks for.
		 */
		BAD_USER_PART("bad user part of the handshake"),

		/**
		 * A route to be sent has more than 255 bytes of UTF-8.
		 */
		ROUTE_TOO_LONG("route too long");

		private final String words;

		Reason(String words) {
			this.words = words;
		}

		/**
		 * The reason in words.
		 * @return a few lower case words, never empty
		 */
		public String words() {
			return words;
		}

	}

}
