package io.nanogame.net;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import io.nanogame.session.CloseReason;

/**
 * What a WebSocket's close frame says of an ending. With 1000 the game, or the client
 * itself, wanted it so; with 1002 and 1008 a client that comes back as it is ends the
 * same way; with all others it does well to come back.
 *
 * @param code the status code of RFC 6455, section 7.4
 * @param words cut between characters to what a control frame holds, 123 bytes of UTF-8
 */
public record CloseFrame(int code, String words) {

	private static final int NORMAL = 1000;

	private static final int GOING_AWAY = 1001;

	private static final int PROTOCOL_ERROR = 1002;

	private static final int POLICY_VIOLATION = 1008;

	private static final int INTERNAL_ERROR = 1011;

	private static final int SERVICE_RESTART = 1012;

	private static final int TRY_AGAIN_LATER = 1013;

	/** Of those that everybody may define: as 408 is in HTTP. */
	private static final int TIMEOUT = 4408;

	/** A control frame has 125 bytes, and two are the code. */
	private static final int MAX_WORDS = 123;

	public CloseFrame {
		ByteBuffer text = ByteBuffer.allocate(MAX_WORDS);
		StandardCharsets.UTF_8.newEncoder()
			.onMalformedInput(CodingErrorAction.REPLACE)
			.encode(CharBuffer.wrap(words), text, true);
		words = StandardCharsets.UTF_8.decode(text.flip()).toString();
	}

	/**
	 * The close frame of an ending.
	 * @param reason why the connection ends
	 * @return its code and its words
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
			case "server-error" -> INTERNAL_ERROR;
			case "too-many-connections", "slow-consumer" -> TRY_AGAIN_LATER;
			case "heartbeat-timeout", "idle-timeout", "packet-timeout", "handshake-timeout" -> TIMEOUT;
			default -> reason.reconnect() ? SERVICE_RESTART : NORMAL;
		};
	}

	/** The answer to a client's own close frame: its code, as RFC 6455 asks. */
	static CloseFrame answering(byte[] payload) {
		if (payload.length == 0) {
			return new CloseFrame(NORMAL, "");
		}
		int code = (payload.length > 1) ? (payload[0] & 0xFF) << 8 | payload[1] & 0xFF : 0;
		return new CloseFrame(isSendable(code) ? code : PROTOCOL_ERROR, "");
	}

	/** 1004 to 1006 and 1015 stand for endings without a code. */
	private static boolean isSendable(int code) {
		return code >= NORMAL && code <= 1003 || code >= 1007 && code <= 1014 || code >= 3000 && code < 5000;
	}

	/** The payload of the frame. */
	byte[] payload() {
		byte[] text = this.words.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(2 + text.length).putShort((short) this.code).put(text).array();
	}

}
