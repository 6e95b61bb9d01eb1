package io.nanogame.client;

import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ProtocolException.Reason;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

/**
 * Explains why reading failed. One setting limits packets, decompressed bodies and
 * WebSocket frames; the explanation of each names it.
 */
final class ReceiveLimit {

	private ReceiveLimit() {
	}

	/**
	 * Explains a failure to read.
	 * @param failure the failure
	 * @param maxPacketLength the setting, in bytes
	 * @return one sentence
	 */
	static String explain(Throwable failure, int maxPacketLength) {
		if (isLimit(failure)) {
			return "The server sent more than %d bytes in one packet, which is the limit set by NanoClientBuilder.maxPacketLength"
				.formatted(maxPacketLength);
		}
		return (failure instanceof ProtocolException) ? "The server violated the protocol: " + failure.getMessage()
				: "The connection broke";
	}

	private static boolean isLimit(Throwable failure) {
		if (failure instanceof ProtocolException protocol) {
			return protocol.reason() == Reason.PACKET_TOO_LARGE || protocol.reason() == Reason.INFLATED_BODY_TOO_LARGE;
		}
		return failure instanceof CorruptedWebSocketFrameException frame
				&& frame.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
	}

}
