package io.nanogame.spring.web.servlet;

import io.nanogame.net.UpgradeSettings;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * Maps the game to a path of the web app. Pages of this host and of the allowed origins
 * may connect, as on the game port.
 * <p>
 * Without the auto-configuration it requires {@code @EnableWebSocket} in the app.
 */
public final class GameWebSocketConfigurer implements WebSocketConfigurer {

	private final GameWebSocketHandler handler;

	/**
	 * Creates a configurer.
	 * @param handler serves the clients, at the path of its settings
	 */
	public GameWebSocketConfigurer(GameWebSocketHandler handler) {
		this.handler = handler;
	}

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		UpgradeSettings upgrade = this.handler.clients().upgrade();
		registry.addHandler(this.handler, upgrade.path())
			// Not a subclass: its logger, which logs URLs and headers, has the name of
			// its
			// class.
			.setHandshakeHandler(new DefaultHandshakeHandler(new GameUpgradeStrategy(upgrade.subprotocols())))
			.addInterceptors(new GameHandshakeInterceptor(this.handler.server(), this.handler.clients()))
			// Spring's check would reject origins that the server's own check allows.
			.setAllowedOriginPatterns("*");
	}

}
