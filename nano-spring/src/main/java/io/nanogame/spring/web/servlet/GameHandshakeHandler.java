package io.nanogame.spring.web.servlet;

import java.util.List;

import io.nanogame.net.Subprotocol;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * Handles opening handshakes of WebSockets as the game port does.
 */
final class GameHandshakeHandler extends DefaultHandshakeHandler {

	GameHandshakeHandler() {
		super(new PlainUpgradeStrategy());
	}

	@Override
	protected @Nullable String selectProtocol(List<String> requestedProtocols, WebSocketHandler handler) {
		return Subprotocol.choose(requestedProtocols);
	}

}
