package io.nanogame.spring.web.servlet;

import java.util.List;

import io.nanogame.net.OriginPolicy;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/**
 * Maps the game to a path of the web app. Pages of this host and of the allowed origins
 * may connect, as on the game port.
 * <p>
 * Without the auto-configuration it requires {@code @EnableWebSocket} in the app.
 */
public final class GameWebSocketConfigurer implements WebSocketConfigurer {

	private final GameWebSocketHandler handler;

	private final String path;

	private final OriginPolicy origins;

	private final List<String> subprotocols;

	/**
	 * Creates a configurer for one path.
	 * @param handler serves the clients
	 * @param path the path, such as {@code /nano}
	 * @param allowedOrigins origins of pages that may connect besides those of this host;
	 * {@code *} for all
	 */
	public GameWebSocketConfigurer(GameWebSocketHandler handler, String path, List<String> allowedOrigins) {
		this(handler, path, allowedOrigins, List.of());
	}

	/**
	 * Creates a configurer for one path.
	 * @param handler serves the clients
	 * @param path the path, such as {@code /nano}
	 * @param allowedOrigins origins of pages that may connect besides those of this host;
	 * {@code *} for all
	 * @param subprotocols the subprotocols of the game, by preference
	 */
	public GameWebSocketConfigurer(GameWebSocketHandler handler, String path, List<String> allowedOrigins,
			List<String> subprotocols) {
		this.subprotocols = List.copyOf(subprotocols);
		this.handler = handler;
		this.path = path;
		this.origins = new OriginPolicy(allowedOrigins);
	}

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(this.handler, this.path)
			.setHandshakeHandler(new GameHandshakeHandler(this.subprotocols))
			.addInterceptors(new GameHandshakeInterceptor(this.handler.server(), this.origins))
			// Spring's check would reject origins that the server's own check allows.
			.setAllowedOriginPatterns("*");
	}

}
