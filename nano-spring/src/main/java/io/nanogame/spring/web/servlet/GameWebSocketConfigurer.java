package io.nanogame.spring.web.servlet;

import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/**
 * Puts the game at a path of the web app. Which pages may connect is decided as on the
 * game port: those of this host, and those of the server's allowed origins.
 * <p>
 * Without the auto-configuration it needs {@code @EnableWebSocket} in the app.
 */
public final class GameWebSocketConfigurer implements WebSocketConfigurer {

	private final GameWebSocketHandler handler;

	private final String path;

	/**
	 * A configurer for one path.
	 * @param handler serves the clients
	 * @param path such as {@code /nano}
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
			// Spring's check would turn away what the server's own lets in.
			.setAllowedOriginPatterns("*");
	}

}
