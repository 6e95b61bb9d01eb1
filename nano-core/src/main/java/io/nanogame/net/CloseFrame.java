package io.nanogame.net;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import io.nanogame.protocol.ClientText;
import io.nanogame.session.CloseReason;
import io.netty.buffer.Unpooled;

/**
 * The close frame of a WebSocket. 1000 means that the game or the client ended the
 * connection deliberately. After 1002 and 1008 an unchanged client would be disconnected
 * again. After all other codes clients should reconnect.
 *
 * @param code the status code of RFC 6455, section 7.4
 * @param reason a text, truncated between characters to the 123 bytes of UTF-8 that a
 * control frame can hold
 */
public record CloseFrame(int code, String reason) {

	private static final int NORMAL = 1000;

	private static final int GOING_AWAY = 1001;

	private static final int PROTOCOL_ERROR = 1002;

	private static final int INVALID_PAYLOAD = 1007;

	private static final int POLICY_VIOLATION = 1008;

	private static final int MESSAGE_TOO_BIG = 1009;

	private static final int INTERNAL_ERROR = 1011;

	private static final int SERVICE_RESTART = 1012;

	private static final int TRY_AGAIN_LATER = 1013;

	/** A code for private use, after the HTTP status 408. */
	private static final int TIMEOUT = 4408;

	/** A control frame has at most 125 bytes, of which two are the code. */
	private static final int MAX_REASON = 123;

	public CloseFrame {
		ByteBuffer text = ByteBuffer.allocate(MAX_REASON);
		StandardCharsets.UTF_8.newEncoder()
			.onMalformedInput(CodingErrorAction.REPLACE)
			.encode(CharBuffer.wrap(reason), text, true);
		reason = StandardCharsets.UTF_8.decode(text.flip()).toString();
	}

	/**
	 * Creates the close frame for a disconnection.
	 * @param reason why the connection ends
	 * @return the frame
	 */
	public static CloseFrame of(CloseReason reason) {
		return new CloseFrame(code(reason), reason.message());
	}

	private static int code(CloseReason reason) {
		return switch (reason.code()) {
			case "client-closed", "closed" -> NORMAL;
			case "shutdown" -> GOING_AWAY;
			case "protocol-error", "no-handshake" -> PROTOCOL_ERROR;
			case "handshake-refused", "too-many-requests" -> POLICY_VIOLATION;
			case "server-error", "message-failed" -> INTERNAL_ERROR;
			case "invalid-text" -> INVALID_PAYLOAD;
			case "message-too-large" -> MESSAGE_TOO_BIG;
			case "too-many-connections", "slow-consumer" -> TRY_AGAIN_LATER;
			case "heartbeat-timeout", "idle-timeout", "packet-timeout", "handshake-timeout" -> TIMEOUT;
			default -> ofGame(reason);
		};
	}

	private static int ofGame(CloseReason reason) {
		int own = reason.webSocketStatus();
		return (own != 0) ? own : reason.reconnect() ? SERVICE_RESTART : NORMAL;
	}

	/**
	 * Returns the response to a client's close frame, with the same code, as RFC 6455
	 * requires.
	 */
	static CloseFrame replyTo(byte[] payload) {
		if (payload.length == 0) {
			return new CloseFrame(NORMAL, "");
		}
		int code = (payload.length > 1) ? (payload[0] & 0xFF) << 8 | payload[1] & 0xFF : 0;
		return new CloseFrame(isSendable(code) ? code : PROTOCOL_ERROR, "");
	}

	/**
	 * Returns the response to a client's close frame, whose text is validated, too.
	 */
	static CloseFrame strictReplyTo(byte[] payload) {
		Utf8Check check = new Utf8Check();
		boolean valid = payload.length <= 2
				|| check.isValid(Unpooled.wrappedBuffer(payload), 2, payload.length - 2) && check.isComplete();
		return valid ? replyTo(payload) : new CloseFrame(INVALID_PAYLOAD, "");
	}

	/** Returns whether a client's close frame has the code 1000, or none. */
	static boolean isNormal(byte[] payload) {
		return payload.length == 0 || payload.length > 1 && ByteBuffer.wrap(payload).getShort() == NORMAL;
	}

	/** Returns the reason of a connection that a client's close frame has ended. */
	static CloseReason reasonOf(byte[] payload) {
		if (payload.length < 2) {
			return CloseReason.CLIENT_CLOSED;
		}
		ByteBuffer in = ByteBuffer.wrap(payload);
		return reasonOf(in.getShort() & 0xFFFF, StandardCharsets.UTF_8.decode(in).toString());
	}

	/**
	 * Returns the reason of a connection that a client's close frame has ended.
	 * @param code the code of the client; 1005 and 1006 stand for none
	 * @param text the text of the client
	 * @return {@link CloseReason#CLIENT_CLOSED}, whose message ends with code and text,
	 * which are safe to log
	 */
	public static CloseReason reasonOf(int code, String text) {
		if (code == 1005 || code == 1006) {
			return CloseReason.CLIENT_CLOSED;
		}
		String sent = (code + " " + ClientText.printable(text, MAX_REASON)).strip();
		return CloseReason.CLIENT_CLOSED.withMessage(CloseReason.CLIENT_CLOSED.message() + ": " + sent);
	}

	/** 1004 to 1006 and 1015 are reserved for connections that end without a code. */
	private static boolean isSendable(int code) {
		return code >= NORMAL && code <= 1003 || code >= 1007 && code <= 1014 || code >= 3000 && code < 5000;
	}

	/** Returns the payload of the frame. */
	byte[] payload() {
		byte[] text = this.reason.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(2 + text.length).putShort((short) this.code).put(text).array();
	}

}
