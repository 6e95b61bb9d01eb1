package io.nanogame.spring.web.servlet;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Map;

import io.nanogame.net.CloseFrame;
import io.nanogame.session.CloseReason;
import io.nanogame.session.UpgradeRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/**
 * Facts about the client of a WebSocket in a servlet container.
 */
final class ServletClient {

	private ServletClient() {
	}

	static UpgradeRequest upgrade(WebSocketSession session) {
		return upgrade(session.getUri(), session.getHandshakeHeaders());
	}

	static UpgradeRequest upgrade(@Nullable URI uri, HttpHeaders headers) {
		return UpgradeRequest.of((uri != null) ? uri.getRawPath() : "",
				headers.headerSet()
					.stream()
					.flatMap((header) -> header.getValue().stream().map((value) -> Map.entry(header.getKey(), value))));
	}

	/** Returns the address of the client; containers forget it when the socket closes. */
	static SocketAddress address(WebSocketSession session) {
		InetSocketAddress address = session.getRemoteAddress();
		return (address != null) ? address : InetSocketAddress.createUnresolved("unknown", 0);
	}

	/** Returns whether a client has closed its WebSocket deliberately. */
	static boolean isNormal(CloseStatus status) {
		return status.getCode() == CloseStatus.NORMAL.getCode()
				|| status.getCode() == CloseStatus.NO_STATUS_CODE.getCode();
	}

	/** Returns the status for a disconnection. */
	static CloseStatus status(CloseReason reason) {
		CloseFrame close = CloseFrame.of(reason);
		return new CloseStatus(close.code(), close.reason());
	}

}
