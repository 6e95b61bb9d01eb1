package io.nanogame.spring.web.servlet;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;

import io.nanogame.session.UpgradeRequest;

import org.springframework.web.socket.WebSocketSession;

/**
 * Facts about the client of a WebSocket in a servlet container.
 */
final class ServletClient {

	private ServletClient() {
	}

	static UpgradeRequest upgrade(WebSocketSession session) {
		return UpgradeRequest.of((session.getUri() != null) ? session.getUri().getRawPath() : "",
				session.getHandshakeHeaders()
					.headerSet()
					.stream()
					.flatMap((header) -> header.getValue().stream().map((value) -> Map.entry(header.getKey(), value))));
	}

	/** Returns the address of the client; containers forget it when the socket closes. */
	static SocketAddress address(WebSocketSession session) {
		InetSocketAddress address = session.getRemoteAddress();
		return (address != null) ? address : InetSocketAddress.createUnresolved("unknown", 0);
	}

}
