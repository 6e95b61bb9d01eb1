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

	private final List<String> subprotocols;

	/**
	 * Creates a handler.
	 * @param subprotocols those of the game, by preference
	 */
	GameHandshakeHandler(List<String> subprotocols) {
		super(new PlainUpgradeStrategy());
		this.subprotocols = subprotocols;
	}

	@Override
	protected @Nullable String selectProtocol(List<String> requestedProtocols, WebSocketHandler handler) {
		return Subprotocol.choose(requestedProtocols, this.subprotocols);
	}

}
