package io.nanogame.spring.web.servlet;

import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/**
 * Maps the game to a path of the web app. Pages of this host and of the server's allowed
 * origins may connect, as on the game port.
 * <p>
 * Without the auto-configuration it requires {@code @EnableWebSocket} in the app.
 */
public final class GameWebSocketConfigurer implements WebSocketConfigurer {

	private final GameWebSocketHandler handler;

	private final String path;

	/**
	 * Creates a configurer for one path.
	 * @param handler serves the clients
	 * @param path the path, such as {@code /nano}
	 */
	public GameWebSocketConfigurer(GameWebSocketHandler handler, String path) {
		this.handler = handler;
		this.path = path;
	}

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(this.handler, this.path)
			.setHandshakeHandler(new GameHandshakeHandler())
			.addInterceptors(new GameHandshakeInterceptor(this.handler.server()))
			// Spring's check would reject origins that the server's own check allows.
			.setAllowedOriginPatterns("*");
	}

}
