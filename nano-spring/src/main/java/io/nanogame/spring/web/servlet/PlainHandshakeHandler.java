package io.nanogame.spring.web.servlet;

import java.util.List;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * Takes no extension, as the game port does: what browsers ask for is compression, which
 * costs a connection hundreds of kilobytes and gains nothing on small packets.
 */
final class PlainHandshakeHandler extends DefaultHandshakeHandler {

	@Override
	protected List<WebSocketExtension> filterRequestedExtensions(ServerHttpRequest request,
			List<WebSocketExtension> requested, List<WebSocketExtension> supported) {
		return List.of();
	}

}
