package io.nanogame.client;

import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ProtocolException.Reason;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

/** Why reading ended: three limits have one setting, and each is named by it. */
final class ReceiveLimit {

	private ReceiveLimit() {
	}

	/**
	 * Describes the end of a connection.
	 * @param failure what reading failed with
	 * @param maxPacketLength the setting, in bytes
	 * @return one sentence
	 */
	static String explain(Throwable failure, int maxPacketLength) {
		if (isLimit(failure)) {
			return "The server sent more than %d bytes in one packet, which is the limit set by NanoClientBuilder.maxPacketLength"
				.formatted(maxPacketLength);
		}
		return (failure instanceof ProtocolException)
				? "What the server sent is not this protocol: " + failure.getMessage() : "The connection broke";
	}

	private static boolean isLimit(Throwable failure) {
		if (failure instanceof ProtocolException protocol) {
			return protocol.reason() == Reason.PACKET_TOO_LARGE || protocol.reason() == Reason.INFLATED_BODY_TOO_LARGE;
		}
		return failure instanceof CorruptedWebSocketFrameException frame
				&& frame.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
	}

}
